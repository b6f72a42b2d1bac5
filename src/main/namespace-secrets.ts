import type {Json} from '../core/json.ts';
import type {KubeObject} from '../core/kube/kube-object.ts';
import type {Cluster} from '../mcp/kubernetes/port.ts';
import {helmReleaseValues} from './helm-release-values.ts';
import type {Host} from './host.ts';

type Limits = {
	/** Secrets read by one process. */
	readonly secrets: number;
	/** Characters of their data. */
	readonly characters: number;
	/** Namespaces whose Secrets are listed one by one. */
	readonly namespaces: number;
};

const usual: Limits = {secrets: 5000, characters: 16_000_000, namespaces: 20};
/** Small pages, so that little more than the limit is ever on the wire. */
const pageSize = 250;

type Parts = {
	readonly cluster: Pick<Cluster, 'each' | 'typeOf'>;
	readonly learnFrom: (object: Json) => void;
	readonly learn: (value: string) => void;
	readonly most?: Limits;
};

/** Makes the Secrets of a namespace (of all, if undefined) known to the redactor: once each. Never rejects. */
export type LearnNamespace = (namespace: string | undefined) => Promise<void>;

/** Whether the person lets Secrets be listed for this: `MKCOA_LEARN_SECRETS=no` keeps it out of the audit log of the cluster. */
export const learnsSecrets = ({MKCOA_LEARN_SECRETS: asked = ''}: Host['env']) => !['0', 'no', 'false', 'off'].includes(asked.toLowerCase());

/**
 * Reads Secrets so that their values are recognised in text that quotes them. Where the person may not list them nothing is learned, and nothing is
 * said: what they may not read they cannot be told about either way. Past a limit the forms of secrets are all that protects.
 */
export function namespaceSecrets({cluster, learnFrom, learn, most = usual}: Parts): LearnNamespace {
	const left = {secrets: most.secrets, characters: most.characters};
	const listed = new Map<string, Promise<void>>();
	let everywhere: Promise<boolean> | undefined;

	/** Whether there is room for more. */
	function take(secret: KubeObject): boolean {
		left.secrets -= 1;
		left.characters -= JSON.stringify(secret.data ?? '').length;
		if (left.secrets < 0 || left.characters < 0) return false;
		learnFrom(secret);
		if (secret.type === 'helm.sh/release.v1') for (const value of helmReleaseValues(secret)) learn(value);
		return true;
	}

	/** Whether all of them were read. */
	async function read(namespace: string | undefined): Promise<boolean> {
		try {
			const type = await cluster.typeOf('secrets');
			for await (const secret of cluster.each({type, namespace, pageSize})) if (!take(secret)) return false;
			return true;
		} catch {
			// No right to them, or a cluster that is away: the read that brings the text tells of that.
			return false;
		}
	}

	return async namespace => {
		if (namespace === undefined) everywhere ??= read(undefined);
		if ((await everywhere) === true || namespace === undefined) return;
		const known = listed.get(namespace) ?? (listed.size < most.namespaces ? read(namespace).then(() => {}) : Promise.resolve());
		listed.set(namespace, known);
		await known;
	};
}
