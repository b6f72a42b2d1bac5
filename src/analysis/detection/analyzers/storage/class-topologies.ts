import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {isDefaultClass} from '../../../diagnosis/volume-causes.ts';
import {makesNodes} from '../../nodes-on-demand.ts';
import type {Survey} from '../../survey.ts';
import {claimOf} from './unkept-data.ts';

/** One label that a class asks of the nodes which its volumes are for, and where it stands. */
type Asked = {readonly key: string; readonly values: readonly string[]; readonly place: readonly (string | number)[]};

const askedIn = (term: Json, index: number): readonly Asked[] =>
	listAt(term, 'matchLabelExpressions').map((each, number) => ({
		key: textAt(each, 'key') ?? '',
		values: listAt(each, 'values').map(String),
		place: ['allowedTopologies', index, 'matchLabelExpressions', number],
	}));

const isMet = ({metadata}: KubeObject, {key, values}: Asked) => values.includes(metadata.labels?.[key] ?? '');

/** Key and values that nodes have instead: sure where there is only one thing that it can be. */
function instead(asked: Asked, nodes: readonly KubeObject[]): {readonly exchange: Exchange; readonly sure: boolean} | undefined {
	const {key, values, place} = asked;
	const keys = [...new Set(nodes.flatMap(({metadata}) => Object.keys(metadata.labels ?? {})))];
	if (!keys.includes(key)) {
		const withValues = keys.filter(each => nodes.some(node => isMet(node, {...asked, key: each})));
		const meant = meantName(key, keys) ?? (withValues.length === 1 ? withValues[0] : undefined);
		return meant === undefined || !withValues.includes(meant)
			? undefined
			: {exchange: {path: [...place, 'key'], from: key, to: meant}, sure: true};
	}
	const there = [...new Set(nodes.flatMap(({metadata}) => metadata.labels?.[key] ?? []))].toSorted();
	return {exchange: {path: [...place, 'values'], from: [...values], to: there}, sure: there.length === 1};
}

function remediesOf(found: KubeObject, lost: readonly Asked[], nodes: readonly KubeObject[]): readonly Remedy[] {
	const [asked] = lost;
	const way = asked === undefined || lost.length > 1 ? undefined : instead(asked, nodes);
	if (way === undefined) return [];
	const {path, to} = way.exchange;
	const text = Array.isArray(to) ? to.join(', ') : String(to);
	return [
		exchange(found, [way.exchange], {
			side: 'storage',
			sure: way.sure,
			text: {
				en: `Set ${fieldPath(found, path)} of ${refText(refOf(found))} to ${text}, which the nodes have`,
				ko: `${refText(refOf(found))}의 ${fieldPath(found, path)}을(를) 노드에 있는 ${text}(으)로 바꿉니다`,
			},
		}),
	];
}

/** Claims that wait for a volume of a class: not those for which it makes none before a pod mounts them. */
const waitingFor = (found: KubeObject, survey: Survey): readonly KubeObject[] =>
	survey.all('PersistentVolumeClaim').filter(claim => {
		const asked = textAt(claim, 'spec', 'storageClassName');
		const isIts = asked === undefined ? isDefaultClass(found) : asked === found.metadata.name;
		const isWaiting = textAt(claim, 'status', 'phase') === 'Pending' && textAt(claim, 'spec', 'volumeName') === undefined;
		if (!isIts || !isWaiting || textAt(found, 'volumeBindingMode') !== 'WaitForFirstConsumer') return isIts && isWaiting;
		const {namespace, name} = claim.metadata;
		return survey.all('Pod', namespace).some(pod => listAt(pod, 'spec', 'volumes').some(volume => claimOf(volume) === name));
	});

function causeOf(found: KubeObject, claims: readonly KubeObject[], nodes: readonly KubeObject[]): readonly Cause[] {
	const terms = listAt(found, 'allowedTopologies').map(askedIn);
	if (terms.length === 0 || claims.length === 0) return [];
	if (terms.some(term => nodes.some(node => term.every(asked => isMet(node, asked))))) return [];
	const [first = []] = terms;
	const lost = first.filter(asked => !nodes.some(node => isMet(node, asked)));
	const [names, what] = [someOf(claims.map(claim => refText(refOf(claim)))), refText(refOf(found))];
	const asks = terms.map(term => term.map(({key, values}) => `${key} ${values.join(', ')}`).join(' and ')).join(', or ');
	return [
		{
			id: 'storage-class-of-no-node',
			resource: refOf(found),
			path: fieldPath(found, lost[0]?.place ?? ['allowedTopologies']),
			hurts: claims.map(refOf),
			cause: {
				en: `${what} makes volumes for nodes with ${asks} only, and no node has that: none for ${names}`,
				ko: `${what}는 ${asks} 노드에만 볼륨을 만드는데 그런 노드가 없어 ${names}의 볼륨이 만들어지지 않습니다`,
			},
			evidence: [
				{source: what, detail: `allowedTopologies ${asks}`},
				{
					source: 'Nodes',
					detail: someOf(
						[...new Set(nodes.flatMap(({metadata}) => first.map(({key}) => `${key}=${metadata.labels?.[key] ?? '(none)'}`)))],
						6,
					),
				},
				...changeEvidence(found),
			],
			remedies: terms.length === 1 ? remediesOf(found, lost, nodes) : [],
		},
	];
}

/** Classes that make volumes for nodes only which are not there, while claims wait for them. */
export function classTopologies(survey: Survey): readonly Cause[] {
	const nodes = survey.all('Node');
	// Where nodes come when they are wanted, they may yet come.
	if (!survey.isRead('Node') || nodes.length === 0 || makesNodes(survey)) return [];
	return survey
		.all('StorageClass')
		.filter(each => textAt(each, 'provisioner') !== 'kubernetes.io/no-provisioner')
		.flatMap(each => (valueAt(each, 'allowedTopologies') === undefined ? [] : causeOf(each, waitingFor(each, survey), nodes)));
}
