// The contract version both ends must share; an older or newer side is refused in words that say which to upgrade.
export const contractVersion = 3;
