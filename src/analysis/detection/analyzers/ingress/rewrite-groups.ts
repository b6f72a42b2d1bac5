import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import {isOfNginx} from './nginx-class.ts';

const annotation = 'nginx.ingress.kubernetes.io/rewrite-target';

/** The number of the last group that a target puts in. */
const wantedIn = (target: string) => Math.max(0, ...[...target.matchAll(/\$(\d)/g)].map(([, digit]) => Number(digit)));

const groupsIn = (path: string) => [...path.matchAll(/(?<!\\)\((?!\?)/g)].length;

/** What stands behind the plain part of a path: `(/|$)(.*)`, `/?(.*)`, a stroke. */
const tail = /\/*(?:\/?\??(?:\(\.\*\)|\(\/\|\$\)|\.\*)\??)*$/;

/** The path with the groups that documents of the controller give it for such a target. */
const grouped = (path: string, wanted: number): string | undefined => {
	const stem = path.replace(tail, '');
	if (/[()[\]*$|?]/.test(stem)) return undefined;
	return wanted === 1 ? `${stem}/(.*)` : wanted === 2 ? `${stem}(/|$)(.*)` : undefined;
};

/** Whether another Ingress of the namespace gives its path such groups for the same target. */
const isUsual = (to: string, target: string, ingress: KubeObject, survey: Survey) =>
	survey
		.all('Ingress', ingress.metadata.namespace)
		.filter(each => each !== ingress && each.metadata.annotations?.[annotation] === target)
		.flatMap(each => listAt(each, 'spec', 'rules'))
		.flatMap(rule => listAt(rule, 'http', 'paths'))
		.some(each => tail.exec(textAt(each, 'path') ?? '')?.[0] === tail.exec(to)?.[0]);

type Short = {
	readonly place: Exchange['path'];
	readonly path: string;
	readonly pathType: string | undefined;
	readonly index: number;
	readonly number: number;
};

/**
 * What a target takes of a path must be a group of it; without one the controller puts in nothing, and every request goes to the same place.
 * @see https://kubernetes.github.io/ingress-nginx/examples/rewrite/
 */
function rewriteGroups(ingress: KubeObject, survey: Survey): readonly Cause[] {
	const target = ingress.metadata.annotations?.[annotation] ?? '';
	const wanted = wantedIn(target);
	if (wanted === 0 || !isOfNginx(ingress, survey)) return [];
	const short = listAt(ingress, 'spec', 'rules').flatMap((rule, index) =>
		listAt(rule, 'http', 'paths').flatMap((each, number): readonly Short[] => {
			const path = textAt(each, 'path') ?? '/';
			const place = ['spec', 'rules', index, 'http', 'paths', number];
			// An exact path is one place, and is led to one.
			return groupsIn(path) >= wanted || textAt(each, 'pathType') === 'Exact'
				? []
				: [{place, path, pathType: textAt(each, 'pathType'), index, number}];
		}),
	);
	const [first] = short;
	if (first === undefined) return [];
	const applied = lastApplied(ingress);
	const formerTarget = textAt(applied, 'metadata', 'annotations', annotation);
	const formerPath = ({index, number}: Short) => textAt(listAt(listAt(applied, 'spec', 'rules')[index], 'http', 'paths')[number], 'path');
	const isTarget =
		formerTarget !== target && applied !== undefined && short.every(each => groupsIn(each.path) >= wantedIn(formerTarget ?? ''));
	const exchanges = short.flatMap((each): readonly Exchange[] => {
		const before = formerPath(each);
		const to = before !== undefined && groupsIn(before) >= wanted ? before : grouped(each.path, wanted);
		if (to === undefined) return [];
		const type = {path: [...each.place, 'pathType'], from: each.pathType, to: 'ImplementationSpecific'};
		return [{path: [...each.place, 'path'], from: each.path, to}, ...(each.pathType === 'ImplementationSpecific' ? [] : [type])];
	});
	const name = refText(refOf(ingress));
	const paths = exchanges.flatMap(({path, to}) => (path.at(-1) === 'path' ? [String(to)] : []));
	const isKnown =
		isTarget ||
		short.every(each => groupsIn(formerPath(each) ?? '') >= wanted) ||
		paths.every(path => isUsual(path, target, ingress, survey));
	return [
		{
			id: 'ingress-rewrite-of-no-group',
			resource: refOf(ingress),
			path: isTarget ? `metadata.annotations[${annotation}]` : `spec.rules[${first.index}].http.paths[${first.path}].path`,
			cause: {
				en: `${name} rewrites to ${target}, and its path ${first.path} has ${groupsIn(first.path)} groups: nothing is put in for $${wanted}, so that every request goes to the same place`,
				ko: `${name}가 ${target}로 바꾸는데 경로 ${first.path}에는 그룹이 ${groupsIn(first.path)}개뿐이라 $${wanted} 자리가 비어 모든 요청이 같은 곳으로 갑니다`,
			},
			evidence: [
				{source: name, detail: `${annotation} ${target}`},
				...short.map(({path}) => ({source: name, detail: `path ${path}`})),
				...changeEvidence(ingress),
			],
			remedies: isTarget
				? [
						exchange(ingress, [{path: ['metadata', 'annotations', annotation], from: target, to: formerTarget}], {
							side: 'ingress',
							sure: true,
							text: {
								en: `Set the rewrite target of ${name} back to ${formerTarget ?? 'nothing'}`,
								ko: `${name}의 rewrite-target을 ${formerTarget ?? '없음'}(으)로 되돌립니다`,
							},
						}),
					]
				: exchanges.length === 0
					? []
					: [
							exchange(ingress, exchanges, {
								side: 'ingress',
								sure: isKnown,
								text: {
									en: `Give the paths of ${name} the groups that its target takes (${paths.join(', ')})`,
									ko: `${name}의 경로에 그룹을 넣습니다(${paths.join(', ')})`,
								},
							}),
						],
		},
	];
}

export const rewriteFaults = (survey: Survey): readonly Cause[] =>
	survey.namespaces.flatMap(namespace => survey.all('Ingress', namespace)).flatMap(ingress => rewriteGroups(ingress, survey));
