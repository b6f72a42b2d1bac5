import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {oncePerObject} from '../../../../core/once-per-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {type ToldText, textsToldTo} from '../../mentions/told-texts.ts';
import {oncePerSurvey} from '../../once-per-survey.ts';
import type {Survey} from '../../survey.ts';

/** An address of the world outside that a workload is told, and by which field. */
type Called = {
	readonly host: string;
	readonly path: string;
	readonly workload: KubeObject;
	readonly holder: KubeObject;
	readonly field: string;
};

const address = /https?:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(\/[\w.~%/-]*)/gi;

/** Longer texts are data rather than settings. */
const longestText = 50_000;

/** Thousands of pods are told the same texts. */
const addressesIn = oncePerObject(({text}: ToldText): readonly Pick<Called, 'host' | 'path'>[] =>
	text.length > longestText || !text.includes('://')
		? []
		: [...text.matchAll(address)].map(([, host = '', path = '']) => ({host: host.toLowerCase(), path})),
);

const calledIn = (survey: Survey): readonly Called[] =>
	survey
		.workloads()
		.flatMap(workload =>
			textsToldTo(workload, survey).flatMap(told =>
				addressesIn(told).map(called => ({...called, workload, holder: told.holder, field: told.path})),
			),
		);

const withoutEnd = (path: string) => path.replace(/\/+$/, '');

/** As the API says: a prefix is matched step by step. */
const isBelow = (path: string, prefix: string) => withoutEnd(path) === withoutEnd(prefix) || path.startsWith(`${withoutEnd(prefix)}/`);

type Rule = {
	readonly ingress: KubeObject;
	readonly host: string;
	readonly path: string;
	readonly type: string;
	readonly number: number;
	readonly index: number;
};

const rulesIn = oncePerSurvey(
	(survey: Survey): ReadonlyMap<string, readonly Rule[]> =>
		Map.groupBy(
			survey.all('Ingress').flatMap(ingress =>
				listAt(ingress, 'spec', 'rules').flatMap((rule, number) =>
					listAt(rule, 'http', 'paths').map((each, index) => ({
						ingress,
						host: (textAt(rule, 'host') ?? '').toLowerCase(),
						path: textAt(each, 'path') ?? '/',
						type: textAt(each, 'pathType') ?? '',
						number,
						index,
					})),
				),
			),
			({host}) => host,
		),
);

/** What of an address some rule more special than an exact path takes: that its owner thought of it. */
const isTaken = (path: string, exact: Rule, rules: readonly Rule[]) =>
	rules.some(
		each =>
			each !== exact &&
			(each.type === 'Exact'
				? each.path === path
				: isBelow(path, each.path) && withoutEnd(each.path).length >= withoutEnd(exact.path).length),
	);

function exactCause(exact: Rule, below: readonly Called[], rules: readonly Rule[]): Cause {
	const {ingress, number, index, path, host} = exact;
	const name = refText(refOf(ingress));
	const place = ['spec', 'rules', number, 'http', 'paths', index, 'pathType'] as const;
	const asked = [...new Set(below.map(each => each.path))];
	const otherwise = rules.filter(each => each !== exact && each.type !== 'Exact' && asked.some(called => isBelow(called, each.path)));
	return {
		id: 'ingress-path-too-exact',
		resource: refOf(ingress),
		path: `spec.rules[${number}].http.paths[${index}].pathType`,
		hurts: [...new Set(below.map(({workload}) => workload))].map(refOf),
		cause: {
			en: `${name} takes ${path} of ${host} alone, as an exact path, while ${someOf(asked)} below it ${asked.length === 1 ? 'is' : 'are'} called: ${otherwise.length === 0 ? 'nothing serves that' : `that falls to ${otherwise.map(each => each.path).join(', ')}`}`,
			ko: `${name}의 ${host} 경로 ${path}이(가) Exact라 그 아래의 ${asked.join(', ')} 요청이 ${otherwise.length === 0 ? '어디로도 가지 않습니다' : `${otherwise.map(each => each.path).join(', ')}(으)로 빠집니다`}`,
		},
		evidence: [
			{source: name, detail: `${path} pathType Exact`},
			...below.slice(0, 4).map(each => ({source: refText(refOf(each.holder)), detail: `${each.field} names ${each.host}${each.path}`})),
			...changeEvidence(ingress),
		],
		remedies: [
			exchange(ingress, [{path: place, from: 'Exact', to: 'Prefix'}], {
				side: 'ingress',
				// All below the path is more than what is called: what else is there may be kept from the world on purpose.
				sure: false,
				loosens: true,
				text: {en: `Let ${name} take all below ${path}`, ko: `${name}가 ${path} 아래를 모두 받게 합니다`},
			}),
		],
	};
}

/** Exact paths of Ingresses of which programs are told longer addresses that no rule of their own takes. */
export function calledPaths(survey: Survey): readonly Cause[] {
	const byHost = rulesIn(survey);
	const exactRules = [...byHost.values()].flat().filter(({type, path}) => type === 'Exact' && withoutEnd(path) !== '');
	if (exactRules.length === 0) return [];
	const called = Map.groupBy(calledIn(survey), ({host}) => host);
	return exactRules.flatMap(rule => {
		const rules = byHost.get(rule.host) ?? [];
		const below = (called.get(rule.host) ?? []).filter(
			({path}) => isBelow(path, rule.path) && withoutEnd(path) !== withoutEnd(rule.path) && !isTaken(path, rule, rules),
		);
		return below.length === 0 ? [] : [exactCause(rule, below, rules)];
	});
}
