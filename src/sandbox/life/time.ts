/** A moment as Kubernetes writes it: whole seconds, UTC. */
export const timestamp = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Milliseconds since 1970; `otherwise` where there is no time. */
export const millis = (time: string | undefined, otherwise = 0) => (time === undefined ? otherwise : Date.parse(time));
