/** One thing that a tool reports, in the neutral shape of the set. Cluster-wide objects have no namespace. */
export type Finding = {
	readonly severity: string;
	readonly kind: string;
	readonly namespace?: string | undefined;
	readonly name: string;
	readonly path?: string | undefined;
};

const quiet = new Set(['low', 'info', 'pass']);

/** Whether it counts: medium or above. An unknown severity counts. */
export const isLoud = ({severity}: Finding) => !quiet.has(severity.toLowerCase());

/** For people: `high Service fh-orders/orders spec.ports[http].targetPort`. */
export const findingText = ({severity, kind, namespace, name, path}: Finding) =>
	`${severity} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${path === undefined ? '' : ` ${path}`}`;
