/** Minutes: how long rates need until their window is full, and how long the alert waits. */
export type Times = {readonly window: number; readonly held: number};
