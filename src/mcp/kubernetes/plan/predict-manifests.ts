import {MkcoaError, type Trouble} from '../../../core/error.ts';
import type {Cluster} from '../port.ts';
import {inApplyOrder} from './apply-order.ts';
import type {CheckedManifest} from './check-manifests.ts';
import {type Prediction, predict} from './predict.ts';
import {badYaml, type Problem} from './read-manifests.ts';

/** Manifests that the server is asked about at one time. */
const width = 8;

/** Refusals that belong to one document. Others, such as an unreachable server, end the whole plan as they are. */
const refusals = new Set([
	'invalid',
	'denied-by-policy',
	'field-conflict',
	'not-found',
	'bad-patch',
	'already-exists',
	'server-error',
	'webhook-failed',
	'conversion-failed',
	'namespace-ending',
]);

/**
 * What server-side apply would make of each manifest, in the order in which they are applied.
 * @throws MkcoaError the refusal itself when there is one, `bad-manifest` that names all when there are more
 */
export async function predictManifests(cluster: Cluster, manifests: readonly CheckedManifest[]): Promise<readonly Prediction[]> {
	const ordered = inApplyOrder(manifests, ({object: found}) => found);
	const isNamespace = ({ref}: CheckedManifest) => ref.kind === 'Namespace';
	const namespaces = await answersOf(cluster, ordered.filter(isNamespace), () => undefined);
	const newNamespaces = new Set(
		namespaces.flatMap(answer =>
			'prediction' in answer && answer.prediction.before === undefined ? [answer.prediction.write.ref.name] : [],
		),
	);
	const offline = ({ref: {namespace}}: CheckedManifest) =>
		namespace !== undefined && newNamespaces.has(namespace)
			? `its namespace ${namespace} is created by this plan, so the server can check it only after`
			: undefined;
	const others = await answersOf(
		cluster,
		ordered.filter(manifest => !isNamespace(manifest)),
		offline,
	);
	const byManifest = new Map([...namespaces, ...others].map(answer => [answer.manifest, answer]));
	const answers = ordered.flatMap(manifest => byManifest.get(manifest) ?? []);
	const refused = answers.filter(answer => 'problem' in answer);
	const [first] = refused;
	if (first !== undefined)
		throw refused.length === 1
			? first.error
			: badYaml(
					refused.map(({problem}) => problem),
					'bad-manifest',
				);
	return answers.flatMap(answer => ('prediction' in answer ? [answer.prediction] : []));
}

type Answer = {readonly manifest: CheckedManifest} & (
	| {readonly prediction: Prediction}
	| {readonly error: MkcoaError; readonly problem: Problem}
);

/** Asks about a few at a time; the answers are in the order of the manifests. */
async function answersOf(
	cluster: Cluster,
	manifests: readonly CheckedManifest[],
	offline: (manifest: CheckedManifest) => string | undefined,
): Promise<readonly Answer[]> {
	const answers: Answer[] = [];
	for (let start = 0; start < manifests.length; start += width)
		answers.push(
			...(await Promise.all(manifests.slice(start, start + width).map(manifest => answerOf(cluster, manifest, offline(manifest))))),
		);
	return answers;
}

async function answerOf(cluster: Cluster, manifest: CheckedManifest, newNamespace: string | undefined): Promise<Answer> {
	const {object, ref, place, newKind} = manifest;
	const offline = newKind ? `its kind ${ref.kind} is defined by this plan, so the server can check it only after` : newNamespace;
	try {
		return {manifest, prediction: await predict(cluster, {op: 'apply', ref, manifest: object}, offline)};
	} catch (error) {
		if (!(error instanceof MkcoaError) || !refusals.has(error.trouble.code)) throw error;
		return {manifest, error, problem: {...place, text: refusalText(error.trouble)}};
	}
}

/** A rule is told by its own words, which nobody could guess; what is invalid is told by its fields. */
function refusalText({code, what, why, quoted}: Trouble): string {
	const said = code === 'denied-by-policy' && quoted !== undefined ? `; it said: ${quoted}` : '';
	return `${[what, why ?? quoted].filter(Boolean).join(': ')}${said}`;
}
