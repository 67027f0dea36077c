// Loaded into a process: its clock is SIDEMARK_SHIFT_MS ahead of that of this machine.
const shiftMs = Number(process.env.SIDEMARK_SHIFT_MS);
const True = Date;
globalThis.Date = class extends True {
  constructor(...given) {
    super(...(given.length === 0 ? [True.now() + shiftMs] : given));
  }
  static now() {
    return True.now() + shiftMs;
  }
};
