/** The command line that unpauses a Deployment. */
export const goOnWithRollout = (name: string, namespace: string | undefined) =>
	`mkcoa k8s patch deployment ${name}${namespace === undefined ? '' : ` -n ${namespace}`} --patch '{"spec":{"paused":false}}'`;
