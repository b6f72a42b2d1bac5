/** The types of Secrets whose keys a kubelet reads to pull images. */
export const pullTypes: ReadonlySet<string> = new Set(['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg']);
