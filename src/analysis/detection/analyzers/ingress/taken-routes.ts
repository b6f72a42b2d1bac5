import {canonicalJson} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changedLast, changeEvidence} from '../../changed-last.ts';
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

function takenCause(claims: readonly Claim[]): readonly Cause[] {
	const ingresses = [...new Set(claims.map(({ingress}) => ingress))];
	const [first] = claims;
	if (first === undefined || ingresses.length < 2 || new Set(claims.map(({backend}) => backend)).size < 2) return [];
	// Whoever came last took what was another's.
	const late = changedLast(ingresses) ?? ingresses.at(-1) ?? first.ingress;
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
			remedies: [],
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
