import {canonicalJson} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changedLast, changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';

type Claim = {readonly ingress: KubeObject; readonly host: string; readonly path: string; readonly key: string; readonly backend: string};

/** Tracks of one application share a route on purpose, and say so. */
const isShared = ({metadata}: KubeObject) =>
	Object.entries(metadata.annotations ?? {}).some(([key, value]) => /canary|group\.name/.test(key) && value !== 'false');

const classOf = (ingress: KubeObject) =>
	textAt(ingress, 'spec', 'ingressClassName') ?? ingress.metadata.annotations?.['kubernetes.io/ingress.class'] ?? '';

const claimsOf = (ingress: KubeObject): readonly Claim[] =>
	listAt(ingress, 'spec', 'rules').flatMap(rule =>
		listAt(rule, 'http', 'paths').map(each => {
			const [host, path] = [textAt(rule, 'host') ?? '*', textAt(each, 'path') ?? '/'];
			return {
				ingress,
				host,
				path,
				key: [classOf(ingress), host, path, textAt(each, 'pathType') ?? ''].join(' '),
				backend: canonicalJson([ingress.metadata.namespace ?? '', valueAt(each, 'backend') ?? null]),
			};
		}),
	);

/** What an Ingress was before somebody changed it to take the route. */
function back(late: KubeObject, taken: Claim): readonly Remedy[] {
	const rules = listAt(lastApplied(late), 'spec', 'rules');
	const former: KubeObject = {...late, spec: {...objectAt(late, 'spec'), rules: [...rules]}};
	if (rules.length === 0 || claimsOf(former).some(({key}) => key === taken.key)) return [];
	return [
		exchange(late, [{path: ['spec', 'rules'], from: [...listAt(late, 'spec', 'rules')], to: [...rules]}], {
			side: 'ingress',
			sure: true,
			text: {
				en: `Set the rules of ${refText(refOf(late))} back to what was last applied`,
				ko: `${refText(refOf(late))}의 규칙을 마지막으로 적용된 값으로 되돌립니다`,
			},
		}),
	];
}

const hostName = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/**
 * The newcomer gives way. What else it has it keeps; where the route is all that it has, it gets a host of its own below the one that it took: nothing is deleted,
 * and nobody is sent there who was not before.
 */
function givenWay(late: KubeObject, taken: Claim): readonly Remedy[] {
	const rules = listAt(late, 'spec', 'rules');
	const place = rules.flatMap((rule, index) =>
		(textAt(rule, 'host') ?? '*') === taken.host ? listAt(rule, 'http', 'paths').map((path, number) => ({path, index, number})) : [],
	);
	const found = place.find(({path}) => (textAt(path, 'path') ?? '/') === taken.path);
	if (found === undefined) return [];
	const {index, number} = found;
	const name = refText(refOf(late));
	const what = `${taken.host}${taken.path}`;
	const paths = listAt(rules[index], 'http', 'paths');
	const rest = {side: 'ingress', sure: false} as const;
	if (paths.length > 1 || rules.length > 1) {
		const at = ['spec', 'rules', index];
		const gone = paths.length > 1 ? {path: [...at, 'http', 'paths', number], from: paths[number]} : {path: at, from: rules[index]};
		return [
			exchange(late, [{...gone, to: undefined}], {
				...rest,
				text: {en: `Take ${what} out of ${name}, which came later`, ko: `나중에 온 ${name}에서 ${what}을(를) 뺍니다`},
			}),
		];
	}
	if (!hostName.test(taken.host)) return [];
	const host = `${late.metadata.name}.${taken.host}`;
	return [
		exchange(late, [{path: ['spec', 'rules', index, 'host'], from: taken.host, to: host}], {
			...rest,
			text: {
				en: `Give ${name}, which came later, the host ${host} of its own`,
				ko: `나중에 온 ${name}에 별도 호스트 ${host}을(를) 줍니다`,
			},
		}),
	];
}

function takenCause(claims: readonly Claim[]): readonly Cause[] {
	const ingresses = [...new Set(claims.map(({ingress}) => ingress))];
	const [first] = claims;
	if (first === undefined || ingresses.length < 2 || new Set(claims.map(({backend}) => backend)).size < 2) return [];
	// Whoever came last took what was another's.
	const newest = changedLast(ingresses);
	const late = newest ?? ingresses.at(-1) ?? first.ingress;
	const taken = newest === undefined ? undefined : claims.find(({ingress}) => ingress === newest);
	const others = ingresses.filter(each => each !== late);
	const what = `${first.host}${first.path}`;
	return [
		{
			id: 'ingress-route-taken',
			resource: refOf(late),
			path: `spec.rules[${first.host}].http.paths[${first.path}]`,
			hurts: others.map(refOf),
			cause: {
				en: `${refText(refOf(late))} claims ${what}, which ${others.map(each => refText(refOf(each))).join(', ')} sends elsewhere: one of them gets nothing`,
				ko: `${refText(refOf(late))}와 ${others.map(each => refText(refOf(each))).join(', ')}가 같은 ${what}을(를) 서로 다른 곳으로 보냅니다`,
			},
			evidence: ingresses.flatMap(each => [
				{source: refText(refOf(each)), detail: `host ${first.host}, path ${first.path}`},
				...changeEvidence(each),
			]),
			remedies: taken === undefined ? [] : [...back(late, taken), ...givenWay(late, taken)],
			noRemedy: {en: 'Whose the route is only its owners know', ko: '어느 쪽의 경로인지는 담당자만 압니다'},
		},
	];
}

/** Hosts and paths that two Ingresses of one class send to different places. */
export function takenRoutes(survey: Survey): readonly Cause[] {
	const claims = survey
		.all('Ingress')
		.filter(ingress => !isShared(ingress))
		.flatMap(claimsOf);
	return [...Map.groupBy(claims, ({key}) => key).values()].flatMap(takenCause);
}
