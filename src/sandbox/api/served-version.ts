/** The embedded cluster speaks as Kubernetes 1.36 does. */
export const servedMinor = 36;
