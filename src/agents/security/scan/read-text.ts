import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Unchecked} from '../../../core/unchecked.ts';
import {readDocuments} from '../../../mcp/kubernetes/plan/read-manifests.ts';

export type ReadText = {readonly objects: readonly KubeObject[]; readonly unchecked: readonly Unchecked[]};

/** The items of a list as an API server writes it, `PodList`: they are told their kind by the list alone. */
function itemsOf(object: JsonObject): readonly JsonObject[] {
	const {kind, apiVersion, items} = object;
	if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [object];
	return items.filter(isJsonObject).map(item => ({apiVersion, kind: kind.slice(0, -'List'.length), ...item}));
}

/** As an API server would have it: the text of a person may leave anything out. */
function kubeObject(object: JsonObject): KubeObject | undefined {
	const apiVersion = textAt(object, 'apiVersion');
	const kind = textAt(object, 'kind');
	if (apiVersion === undefined || kind === undefined) return undefined;
	const metadata = objectAt(object, 'metadata');
	const {namespace} = metadata;
	return {
		...object,
		apiVersion,
		kind,
		metadata: {
			...metadata,
			name: textAt(metadata, 'name') ?? textAt(metadata, 'generateName') ?? '',
			namespace: typeof namespace === 'string' ? namespace : undefined,
		},
	};
}

/** How a document is told from the others where it holds no object. */
const placeText = ({document, line}: {readonly document: number; readonly line: number}) => `document ${document}, line ${line}`;

/**
 * The objects of manifests, of what Helm renders, or of what a cluster prints: one or many documents, lists opened. What is no object, such as the values of
 * a chart, stops none of the rest: it is not checked.
 */
export function readText(text: string): ReadText {
	const {manifests, problems} = readDocuments(text);
	const opened = manifests.flatMap(({object, ...at}) => itemsOf(object).map(item => ({item, at, object: kubeObject(item)})));
	return {
		objects: opened.flatMap(({object}) => object ?? []),
		unchecked: [
			...problems.map(problem => ({what: placeText(problem), why: problem.text})),
			...opened.filter(({object}) => object === undefined).map(({at}) => ({what: placeText(at), why: 'it has no apiVersion and kind'})),
		],
	};
}
