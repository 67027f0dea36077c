// Refusals of the site agent about its data, its policy and the work it is asked to do.
export const agentErrors = {
  'kit-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The startup kit cannot be read or was edited. Use the file exactly as the trial office sent it.',
  },
  'kit-expired': {
    status: 401,
    failure: 'permanent',
    sentence:
      'The startup kit has expired by this machine’s clock. Check the clock; if it is right, ask the trial office for a new kit.',
  },
  'already-enrolled': {
    status: 409,
    failure: 'permanent',
    sentence:
      'This data directory holds a site key already. Use another directory, or keep the enrolment it has.',
  },
  'not-enrolled': {
    status: 409,
    failure: 'permanent',
    sentence: 'This data directory holds no site key. Enrol first: `sidemark agent enrol KIT`.',
  },
  'insecure-address': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The coordinator address is plain HTTP beyond this machine. Use https://, or allow it on purpose with --allow-http.',
  },
  'coordinator-unreachable': {
    status: 503,
    failure: 'transient',
    sentence:
      'The coordinator does not answer. Check address, proxy and firewall (outbound, one port); the agent keeps trying.',
  },
  'tls-untrusted': {
    status: 503,
    failure: 'transient',
    sentence:
      'The coordinator was reached, but its TLS certificate is not trusted. Where a proxy opens TLS, name its CA in SIDEMARK_CA_FILE (PEM); otherwise check this clock and the certificate. The agent keeps trying.',
  },
  'proxy-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The proxy address in the variable named in the details cannot be used. Write http://HOST:PORT (https:// and user:password@ are possible), or unset it.',
  },
  'ca-file-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The file in SIDEMARK_CA_FILE cannot be read or holds no PEM certificate. Give the path of a readable file with -----BEGIN CERTIFICATE----- blocks, or unset it.',
  },
  'key-file-invalid': {
    status: 500,
    failure: 'permanent',
    sentence:
      'identity/site.key cannot be read: it was cut short or edited. Put a backup of it in place, or ask the trial office for a new kit.',
  },
  'passphrase-needed': {
    status: 401,
    failure: 'permanent',
    sentence:
      'The site key is locked with a passphrase. Run the command on a terminal, or name a file that holds it in SIDEMARK_PASSPHRASE_FILE.',
  },
  'passphrase-wrong': {
    status: 401,
    failure: 'permanent',
    sentence:
      'The passphrase does not open the site key. Type it again, or correct the file that SIDEMARK_PASSPHRASE_FILE names.',
  },
  'data-directory-open': {
    status: 500,
    failure: 'permanent',
    sentence:
      'The data directory or a key in it can be read by others. Make it private: chmod 700 the directory, chmod 600 the key.',
  },
  'data-directory-in-use': {
    status: 409,
    failure: 'permanent',
    sentence:
      'Another site agent works in this data directory. Stop it first, or give this one a directory of its own.',
  },
  'policy-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'policy.yaml does not fit its schema. Correct the lines named in the details; until then every job is held.',
  },
  'policy-refused': {
    status: 403,
    failure: 'permanent',
    sentence: 'The site policy does not allow this job. Only the site can change its policy.',
  },
  'dataset-not-found': {
    status: 404,
    failure: 'permanent',
    sentence:
      'No dataset is registered for this study. Register one: `sidemark dataset add FOLDER --study ID`.',
  },
  'dataset-problems': {
    status: 422,
    failure: 'permanent',
    sentence:
      'Rows of the dataset have problems, so nothing was registered. Correct them, or leave them out on purpose with --allow-skips.',
  },
  'film-refused': {
    status: 422,
    failure: 'permanent',
    sentence:
      'This file gives no film; the details say why, and what can be done where that is known. In a dataset it would be left out and counted.',
  },
  'dataset-changed': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The dataset is no longer what was registered. Restore its files, or register it anew: `sidemark dataset add`.',
  },
  'floors-not-met': {
    status: 403,
    failure: 'permanent',
    sentence:
      'The dataset has too few patients in a class for the strictest floor, so no image was read. Add patients, or leave the run.',
  },
  'offer-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The job offer is expired, for another site, or names another protocol. Ask the trial office to offer the job again.',
  },
  'release-invalid': {
    status: 401,
    failure: 'permanent',
    sentence:
      'The model release does not carry the trial’s release key, or covers other bytes. The model was not used; tell the trial office.',
  },
  'canary-failed': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The model does not give its published answer on this machine, so it was not used. Both numbers are in the details; report them to the model’s author.',
  },
  'model-unloadable': {
    status: 422,
    failure: 'permanent',
    sentence:
      'onnxruntime cannot load or run the model, or its inputs and outputs are not those of its manifest. Export it again and check the manifest.',
  },
  'inference-failed': {
    status: 500,
    failure: 'transient',
    sentence:
      'An inference process died or fell silent. It was replaced; if it stays, look at the memory of this machine, and ask the trial office about the model.',
  },
  'egress-refused': {
    status: 403,
    failure: 'permanent',
    sentence:
      'The egress gate did not let the message out: it does not fit the schema, the floors or the policy. The reason is in the local log.',
  },
  'disclosure-held': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The report could tell of fewer patients than the floor, so it waits for a person. Read why in the details, then: `sidemark agent release JOB` or `sidemark agent decline JOB`.',
  },
  'report-held': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The report is finished and waits for a person of this site. Look at it: `sidemark agent result JOB`; then `sidemark agent release JOB` or `sidemark agent decline JOB`.',
  },
  'report-sent': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The report has left this site, so it can be neither held nor withdrawn here. Ask the trial office to leave the site out, and see what left: `sidemark egress log`.',
  },
  'budget-exhausted': {
    status: 403,
    failure: 'permanent',
    sentence:
      'As many reports as the policy allows rest on these patients, so this one waits. Raise budget.reportsPerDataset in policy.yaml, then `sidemark agent release JOB`; or `sidemark agent decline JOB`.',
  },
  'console-host-refused': {
    status: 403,
    failure: 'permanent',
    sentence:
      'The console answers its own page on this machine and nobody else. Open the address that `sidemark agent console` prints, as it stands: another name, another port or a page of another site is refused.',
  },
  'console-token-invalid': {
    status: 401,
    failure: 'permanent',
    sentence:
      'This is not the token of the agent that runs now: each start makes a new one. Ask for the address again: `sidemark agent console`.',
  },
  'console-key-unlocked': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The site key has no passphrase, so nobody can be asked for it here. Lock the key once: `sidemark key passphrase`; or decide on the command line: `sidemark agent approve JOB`.',
  },
  'console-not-open': {
    status: 404,
    failure: 'permanent',
    sentence:
      'No console is open for this data directory. Start the agent with one: `sidemark agent run --console`.',
  },
  'ledger-broken': {
    status: 500,
    failure: 'permanent',
    sentence:
      'The egress ledger was changed: an entry does not fit the chain, or an acknowledged report is not in it. Keep the file as it is and find out who edited it.',
  },
  'receipt-invalid': {
    status: 502,
    failure: 'ambiguous',
    sentence:
      'The answer to a report is not its receipt (digest, job, sequence or site differ). The report stays in the outbox and is sent again.',
  },
  'job-unknown': {
    status: 404,
    failure: 'permanent',
    sentence: 'No job by this id is on this site. List them: `sidemark agent jobs`.',
  },
  'output-in-input': {
    status: 409,
    failure: 'permanent',
    sentence:
      'Input and output are one folder, or one lies in the other. Name another folder with --out: sources are never written over.',
  },
  'output-taken': {
    status: 409,
    failure: 'permanent',
    sentence:
      'The output folder holds something else: files of other options or models, or files that are not from here. Name an empty folder, or repeat the options of the first time.',
  },
  'no-films': {
    status: 404,
    failure: 'permanent',
    sentence: 'There is no file to harmonize. Name a film, or a folder that holds films, with --in.',
  },
  'carried-file-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The carried file cannot be used: it is cut short, altered, too large, or of another kind than this command takes. The reason is in the details; copy it again from where it was written and compare the SHA-256.',
  },
  'report-not-ready': {
    status: 404,
    failure: 'permanent',
    sentence:
      'No signed report of this job is on this site. See what became of the job: `sidemark agent jobs`; work on it: `sidemark agent run --offline`.',
  },
  'disk-failed': {
    status: 507,
    failure: 'transient',
    sentence: 'The disk is full or does not take writes. Free space; the work goes on where it stopped.',
  },
  usage: { status: 400, failure: 'permanent', sentence: 'The command cannot be understood. See its --help.' },
} as const;
