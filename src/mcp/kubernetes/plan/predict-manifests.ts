import {MkcoaError, type Trouble} from '../../../core/error.ts';
import type {Cluster} from '../port.ts';
import {inApplyOrder} from './apply-order.ts';
import type {CheckedManifest} from './check-manifests.ts';
import {type Prediction, predict} from './predict.ts';
import {badYaml, type Problem} from './read-manifests.ts';

/** Refusals that belong to one document. Others, such as an unreachable server, end the whole plan as they are. */
const refusals = new Set(['invalid', 'denied-by-policy', 'field-conflict', 'not-found', 'bad-patch', 'already-exists', 'server-error']);

/**
 * What server-side apply would make of each manifest, in the order in which they are applied.
 * @throws MkcoaError the refusal itself when there is one, `bad-manifest` that names all when there are more
 */
export async function predictManifests(cluster: Cluster, manifests: readonly CheckedManifest[]): Promise<readonly Prediction[]> {
	const predictions: Prediction[] = [];
	const refused: {readonly error: MkcoaError; readonly problem: Problem}[] = [];
	const newNamespaces = new Set<string>();
	for (const {object, ref, place, newKind} of inApplyOrder(manifests, ({object: found}) => found)) {
		const offline = newKind
			? `its kind ${ref.kind} is defined by this plan, so the server can check it only after`
			: ref.namespace !== undefined && newNamespaces.has(ref.namespace)
				? `its namespace ${ref.namespace} is created by this plan, so the server can check it only after`
				: undefined;
		try {
			const prediction = await predict(cluster, {op: 'apply', ref, manifest: object}, offline);
			predictions.push(prediction);
			if (ref.kind === 'Namespace' && prediction.before === undefined) newNamespaces.add(ref.name);
		} catch (error) {
			if (!(error instanceof MkcoaError) || !refusals.has(error.trouble.code)) throw error;
			refused.push({error, problem: {...place, text: refusalText(error.trouble)}});
		}
	}
	const [first] = refused;
	if (first !== undefined)
		throw refused.length === 1
			? first.error
			: badYaml(
					refused.map(({problem}) => problem),
					'bad-manifest',
				);
	return predictions;
}

/** A rule is told by its own words, which nobody could guess; what is invalid is told by its fields. */
function refusalText({code, what, why, quoted}: Trouble): string {
	const said = code === 'denied-by-policy' && quoted !== undefined ? `; it said: ${quoted}` : '';
	return `${[what, why ?? quoted].filter(Boolean).join(': ')}${said}`;
}
