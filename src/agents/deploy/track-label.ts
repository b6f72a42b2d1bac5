/** Tells the canary's pods from the stable ones. Services select both, because their selectors do not know it. */
export const trackLabel = 'mkcoa.dev/track';
