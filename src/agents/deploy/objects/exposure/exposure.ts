/** Requests that are to reach a Service: by which host and path, and at which of its ports. */
export type Exposure = {
	readonly namespace: string;
	/** Name of the Ingress or HTTPRoute. */
	readonly name: string;
	readonly service: string;
	readonly port: number;
	/** Every host if left out. */
	readonly host: string | undefined;
	readonly path: string;
	/** The path alone, not what is below it. */
	readonly exact: boolean;
	/** Secret of the certificate; for Ingresses. */
	readonly tls: string | undefined;
};

/** Where requests come in, in words: `shop.example/api`. */
export const placeText = ({host, path, exact}: Pick<Exposure, 'host' | 'path' | 'exact'>) =>
	`${host ?? '*'}${path}${exact || path.endsWith('/') ? '' : '/'}${exact ? '' : '…'}`;
