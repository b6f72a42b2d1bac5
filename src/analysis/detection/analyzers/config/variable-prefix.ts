import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {changeEvidence, changeOf, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {formerWords, referred, type TakenSource} from './variable-names.ts';

/** A reference to a variable that nothing defines, the whole text around it, and where that stands. */
type Unmet = {readonly name: string; readonly text: string; readonly at: readonly (string | number)[]};

type Meant = {readonly source: TakenSource; readonly prefix: string};

/** The prefix under which one source would give all that is referred to; undefined where there is none, or several. */
function meantPrefix(sources: readonly TakenSource[], names: readonly string[]): Meant | undefined {
	const found = sources.flatMap(source => {
		const [first, ...others] = names.map(
			name => new Set(source.keys.filter(key => name.endsWith(key)).map(key => name.slice(0, name.length - key.length))),
		);
		return [...(first ?? [])].filter(prefix => others.every(each => each.has(prefix))).map(prefix => ({source, prefix}));
	});
	// `X_PORT` ends in PORT and T alike: the prefix that ends a word is meant.
	const worded = found.filter(({prefix}) => prefix === '' || prefix.endsWith('_'));
	const [only, ...more] = worded;
	return more.length === 0 ? only : undefined;
}

/**
 * Variables that a source gives under one prefix, while the container refers to them under another. What the last release changed is to blame; where nothing
 * tells, the prefix, as it stands in one place and the references in several.
 * @param unset all of the references, those among them that might be of a Service
 */
export function prefixCauses(
	workload: KubeObject,
	{name: own, place}: PlacedContainer,
	{sources, unmet, unset}: {readonly sources: readonly TakenSource[]; readonly unmet: readonly Unmet[]; readonly unset: readonly Unmet[]},
	survey: Survey,
): readonly Cause[] {
	const names = [...new Set(unmet.map(({name}) => name))];
	const meant = names.length === 0 ? undefined : meantPrefix(sources, names);
	if (meant === undefined) return [];
	const {source, prefix} = meant;
	const ofSource = unset.filter(({name}) => name.startsWith(prefix) && source.keys.includes(name.slice(prefix.length)));
	const at = [...place, 'envFrom', source.index, 'prefix'];
	const given = caseOf(workload, survey.scene(workload.metadata.namespace ?? ''));
	const change = changeOf(given);
	const before = formerWords(change?.earlier.template, own).flatMap(referred);
	const changed = changesAt(change, at);
	// References that the revision before did not have are new beside a prefix that is not.
	const isReferences = changed.length === 0 && change !== undefined && names.some(name => !before.includes(name));
	const who = refText(refOf(workload));
	const now = source.prefix;
	const renamed = exchange(workload, renames(ofSource, prefix, now), {
		side: 'workload',
		sure: isReferences,
		text: {
			en: `Refer to what ${who} takes as $(${now}…)`,
			ko: `${who}가 받는 대로 $(${now}…)을(를) 쓰게 합니다`,
		},
	});
	const prefixed = exchange(workload, [{path: at, from: prefixIn(now), to: prefixIn(prefix)}], {
		side: 'workload',
		sure: !isReferences && (changed.length > 0 || names.length > 1),
		text: {
			en: `Let the variables that ${who} takes begin with ${prefix || 'their own names'} again`,
			ko: `${who}가 받는 변수의 접두사를 ${prefix || '(없음)'}(으)로 되돌립니다`,
		},
	});
	const [first] = unmet;
	return [
		{
			id: 'variable-not-defined',
			resource: refOf(workload),
			path: fieldPath(workload, isReferences && first !== undefined ? first.at : at),
			cause: {
				en: `Container ${own} of ${who} refers to ${names.map(name => `$(${name})`).join(', ')}, and takes these variables with the prefix ${now || '(none)'}: the program gets these letters as they are`,
				ko: `${who}의 컨테이너 ${own}이(가) ${names.map(name => `$(${name})`).join(', ')}을(를) 쓰는데 변수의 접두사는 ${now || '(없음)'}입니다: 프로그램은 이 글자를 그대로 받습니다`,
			},
			evidence: [
				{source: who, detail: `${fieldPath(workload, at)} ${now || '(none)'}`},
				...unmet.slice(0, 3).map(each => ({source: who, detail: `${fieldPath(workload, each.at)}: ${each.text.slice(0, 200)}`})),
				...changeEvidence(given, change, changed),
			],
			remedies: isReferences ? [renamed, prefixed] : [prefixed, renamed],
		},
	];
}

/** An absent prefix is added. */
const prefixIn = (now: string) => (now === '' ? undefined : now);

/** One exchange for each text, whatever it refers to. */
const renames = (unmet: readonly Unmet[], from: string, to: string) =>
	[...Map.groupBy(unmet, ({at}) => JSON.stringify(at)).values()].flatMap(all => {
		const [first] = all;
		return first === undefined
			? []
			: [
					{
						path: first.at,
						from: first.text,
						to: all.reduce((text, {name}) => text.replaceAll(`$(${name})`, `$(${to}${name.slice(from.length)})`), first.text),
					},
				];
	});
