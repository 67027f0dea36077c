// Refusals of the coordinator about studies, models, protocols, runs and reports.
export const coordinatorErrors = {
  'invalid-input': {
    status: 422,
    failure: 'permanent',
    sentence: 'The request does not fit its schema. Correct the fields named in the details.',
  },
  'payload-too-large': {
    status: 413,
    failure: 'permanent',
    sentence: 'The message is larger than this door takes. Reports are small: check what is being sent.',
  },
  'not-found': {
    status: 404,
    failure: 'permanent',
    sentence: 'There is nothing here by that id. List what exists and use an id from there.',
  },
  'already-exists': {
    status: 409,
    failure: 'permanent',
    sentence: 'Something with this name or digest exists already. Use it, or choose another name or version.',
  },
  'state-conflict': {
    status: 409,
    failure: 'permanent',
    sentence:
      'This is not possible in the present state. Look at the state named in the details and what may follow it.',
  },
  'rate-limited': {
    status: 429,
    failure: 'transient',
    sentence:
      'Too many requests of this kind came from this address. Wait for the seconds in the details, then try again.',
  },
  'coordinator-busy': {
    status: 503,
    failure: 'transient',
    sentence:
      'Very many sites are connecting at this moment. The agent tries again by itself, with growing pauses.',
  },
  'database-unavailable': {
    status: 503,
    failure: 'transient',
    sentence: 'The database is out of reach. Nothing was lost; try again in a moment.',
  },
  internal: {
    status: 500,
    failure: 'ambiguous',
    sentence:
      'The coordinator failed unexpectedly. Try again; if it stays, send the request id to its operator.',
  },
  'manifest-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The model manifest does not fit the contract. Correct or remove the fields named in the details.',
  },
  'model-digest-mismatch': {
    status: 422,
    failure: 'permanent',
    sentence: 'The model bytes do not have the SHA-256 that was promised. Fetch or export the file again.',
  },
  'model-not-released': {
    status: 409,
    failure: 'permanent',
    sentence:
      'A protocol may only name released model versions. Release it first: `sidemark model release NAME@VERSION`.',
  },
  'protocol-invalid': {
    status: 422,
    failure: 'permanent',
    sentence: 'The protocol contradicts itself or its models. Correct the points named in the details.',
  },
  'enrolment-token-invalid': {
    status: 401,
    failure: 'permanent',
    sentence: 'The enrolment token is unknown. Ask the trial office for a new kit: `sidemark site invite`.',
  },
  'enrolment-token-expired': {
    status: 401,
    failure: 'permanent',
    sentence: 'The enrolment token has expired. Ask the trial office for a new kit: `sidemark site invite`.',
  },
  'enrolment-token-used': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The enrolment token was used already. If that was not you, tell the trial office at once; a new kit is needed either way.',
  },
  'enrolment-statement-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The enrolment statement does not fit the kit (token, keys or nonce differ). Enrol again from the unedited kit.',
  },
  'site-not-approved': {
    status: 403,
    failure: 'transient',
    sentence:
      'The site waits for approval. Compare the six words with the trial office by telephone; the agent connects by itself afterwards.',
  },
  'site-suspended': {
    status: 403,
    failure: 'permanent',
    sentence: 'The site is suspended or revoked. Talk to the trial office.',
  },
  'site-connected-twice': {
    status: 409,
    failure: 'transient',
    sentence:
      'Another agent is connected as this site, answers, and stays. Stop one of the two: a copied data directory is no second site; enrol the other machine with a kit of its own.',
  },
  'site-not-associated': {
    status: 403,
    failure: 'permanent',
    sentence: 'The site does not take part in this study. Invite it to the study first.',
  },
  'distribution-not-ready': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The others are shown once this site’s own report counts and three other sites are in the figures. Wait for more sites to report, then ask again.',
  },
  'report-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The report does not fit the report schema, so nothing of it was stored. Upgrade the agent and run the job again.',
  },
  'report-wrong-site': {
    status: 403,
    failure: 'permanent',
    sentence:
      'The report names another site than the one that signed it. Submit it from the site that did the job.',
  },
  'report-wrong-job': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The report does not belong to this job, run or study of the site. Submit it for the job it was made for.',
  },
  'report-job-closed': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The job takes no report now (cancelled, refused or closed). Ask the trial office to re-open it.',
  },
  'report-conflict': {
    status: 409,
    failure: 'permanent',
    sentence:
      'Another report is stored for this job, and nothing is overwritten. If the new one shall count, the trial office must re-open the job.',
  },
  'report-sequence-replayed': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The sequence number was used by this site before. Two agents may share one identity: stop one, then run the job again.',
  },
  'report-digest-mismatch': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The report was made with another protocol, other models, or carries a wrong result digest. Fetch the job anew and run it again.',
  },
} as const;
