import {objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {type Pair, pairsIn} from '../words/values.ts';

const pair = String.raw`[\w./-]+=[\w.-]+`;
const list = String.raw`(?:${pair}(?:\s*(?:,|and|&|와|과)\s*${pair})*)`;
/** Where a pair tells which objects are meant, and is none to set. */
const markers: readonly RegExp[] = [
	new RegExp(
		String.raw`(?<!\b(?:be|get|gets|been) )\b(?:labell?ed|labels? (?:of|is|are|being)|tagged|marked|flagged|that (?:has|have|carry|carries|bear|bears)|carrying|bearing|having|whose|matching|selected by|where)\s+(?:as\s+|with\s+|by\s+|the\s+|an?\s+|labels?\s+|of\s+)*(${list})`,
		'gi',
	),
	new RegExp(String.raw`(?<!\b(?:label|tag|annotate|mark|flag)\b.{0,60})\b(?:with|by) (?:the |a )?(?:labels? )?(${list})`, 'gi'),
	new RegExp(String.raw`(?:^|\s)(?:-l|--selector|selector)[\s=]+(${list})`, 'gi'),
	new RegExp(
		String.raw`(${list})\s*(?:라벨|레이블)?(?:이|가|을|를)?\s*(?:붙은|붙어\s?있는|달린|달려\s?있는|걸린|가진|갖고\s?있는|있는|인)(?=\s|$)`,
		'gi',
	),
	// `라벨 tier=web 추가해줘` sets one.
	new RegExp(
		String.raw`(?:라벨|레이블)(?:이|가|은|는)?\s*(${list})(?![\w.-])(?!\s*(?:을|를|으로|로|도|만)?\s*(?:추가|붙(?!은|어\s?있)|달(?!린|려\s?있)|설정|넣|부여|적용|변경|바꿔|바꾸|수정|줘|주세요))\s*(?:인|로 된|을 가진)?\s`,
		'gi',
	),
	new RegExp(
		String.raw`^(?:[\w-]+\s?(?:네임스페이스)?(?:의|에서|에)\s)?(${list})\s+(?:디플로이먼트|스테이트풀셋|데몬셋|파드|워크로드|서비스|노드|잡)`,
		'gi',
	),
	new RegExp(
		String.raw`\b(?:every|each|all|the|any|of)\s+(?:of the\s+)?(?:[\w-]+'s?\s+)?(${list})\s+(?:deployments?|statefulsets?|daemonsets?|workloads?|pods?|jobs?|services?|nodes?|ones?)\b`,
		'gi',
	),
];

/** The pairs by which a clause tells which objects are meant: `labelled tier=web`, `tier=web 라벨이 붙은`. None where it sets them. */
export function selectingPairs({text}: Pick<Clause, 'text'>): readonly Pair[] {
	const told = markers.flatMap(marker => [...text.matchAll(marker)].map(([, pairs = '']) => pairs));
	return told.flatMap(one =>
		pairsIn({words: one.split(/\s*(?:,|\sand\s|&|와\s|과\s)\s*/).map(raw => ({text: raw.toLowerCase(), raw, quoted: false}))}),
	);
}

/** Whether an object, or the pods that it makes, carry all of these labels. */
export const carries = (object: KubeObject, pairs: readonly Pair[]): boolean =>
	[object.metadata.labels ?? {}, objectAt(object, 'spec', 'template', 'metadata', 'labels')].some(labels =>
		pairs.every(({key, value}) => labels[key] === value),
	);
