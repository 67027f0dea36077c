// Refusals about people's accounts: signing in, and what a role may do.
export const accountErrors = {
  'sign-in-refused': {
    status: 401,
    failure: 'permanent',
    sentence:
      'Name and password do not fit together. Type both again; an administrator can give you a new one-time link.',
  },
  'sign-in-locked': {
    status: 429,
    failure: 'transient',
    sentence:
      'Too many wrong passwords in a row were given for this name. Wait for the seconds in the details, or ask an administrator for a new one-time link, which lifts the lock.',
  },
  'signed-out': {
    status: 401,
    failure: 'permanent',
    sentence: 'This sign-in has ended. Sign in again; what was saved is there.',
  },
  'request-not-ours': {
    status: 403,
    failure: 'permanent',
    sentence:
      'The request does not come from a page of this coordinator, or from one that is out of date. Load the page again and repeat.',
  },
  'role-insufficient': {
    status: 403,
    failure: 'permanent',
    sentence:
      'Your account may not do this: the details say which role may. Ask an administrator to do it, or for that role.',
  },
  'one-time-link-invalid': {
    status: 401,
    failure: 'permanent',
    sentence:
      'The one-time link is unknown, was used or has expired. Ask an administrator for a new one: each works once.',
  },
  'password-weak': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The password is easily guessed: it holds the name, or few different signs. Choose another, such as four words that have nothing to do with each other.',
  },
  'already-set-up': {
    status: 409,
    failure: 'permanent',
    sentence:
      'This coordinator has accounts already. Sign in, or ask an administrator to invite you. Where no administrator is left, whoever holds the administrator token can: `sidemark account invite`.',
  },
  'last-administrator': {
    status: 409,
    failure: 'permanent',
    sentence: 'This is the last administrator who can sign in. Make another account an administrator first.',
  },
} as const;
