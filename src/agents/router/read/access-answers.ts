import {type Action, coverOf} from '../../../analysis/access/access-rule.ts';
import {type Grant, grantsFor, type Holder, holderText, isSystemHolder} from '../../../analysis/access/grants.ts';
import {ruleText} from '../../../analysis/access/rule-text.ts';
import {allowingGrants} from '../../../analysis/access/who-may.ts';
import type {Json} from '../../../core/json.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import type {Understanding} from '../understanding.ts';
import {answer, bullet, inLanguage, type Language} from './say.ts';

const actionText = ({verb, resource}: Action) => `${verb} ${resource}`;

const wherePart = (namespace: string | undefined, language: Language) =>
	namespace === undefined
		? inLanguage(language, 'in every namespace at once', '모든 네임스페이스에서')
		: inLanguage(language, `in ${namespace}`, `${namespace}에서`);

const viaText = ({binding, role}: Grant, names: readonly string[]) =>
	`${refText(role)} by ${refText(binding)}${names.length === 0 ? '' : ` (only ${names.join(', ')})`}`;

/** Everybody who may do something, with the binding that says so. */
export function whoMay({language}: Clause, action: Action, namespace: string | undefined, grants: readonly Grant[]): Understanding {
	const found = allowingGrants(action, namespace, grants, namespace === undefined);
	const people = found.filter(({grant}) => !isSystemHolder(grant.holder));
	const system = found.length - people.length;
	const rest =
		system === 0
			? []
			: [
					inLanguage(
						language,
						`- and ${system} grants of the control plane itself (system:…, kube-system)`,
						`- 그 밖에 컨트롤 플레인 자체의 권한 ${system}건 (system:…, kube-system)`,
					),
				];
	const lines = people.map(({grant, names}) =>
		bullet(
			holderText(grant.holder),
			`${viaText(grant, names)}${grant.namespace !== undefined && namespace === undefined ? ` ${wherePart(grant.namespace, language)}` : ''}`,
		),
	);
	const groups = people.some(({grant}) => grant.holder.kind === 'Group');
	const note = groups
		? [inLanguage(language, '- who is in a group only the sign-in knows', '- 그룹에 누가 있는지는 인증 시스템만 압니다')]
		: [];
	return answer(
		inLanguage(
			language,
			`Who may ${actionText(action)} ${wherePart(namespace, language)}`,
			`${wherePart(namespace, language)} ${actionText(action)} 권한이 있는 사람`,
		),
		people.length === 0
			? inLanguage(
					language,
					`No user, group or account may ${actionText(action)} ${wherePart(namespace, language)}.`,
					`${wherePart(namespace, language)} ${actionText(action)} 권한을 가진 사용자나 계정이 없습니다.`,
				)
			: inLanguage(
					language,
					`${people.length} may ${actionText(action)} ${wherePart(namespace, language)}:`,
					`${wherePart(namespace, language)} ${actionText(action)} 권한이 있는 것은 ${people.length}개입니다:`,
				),
		[...lines, ...note, ...rest],
		language,
	);
}

/** Whether these may do something, and what they may do instead. */
export function mayDo(
	{language}: Clause,
	named: readonly Holder[],
	action: Action,
	namespace: string | undefined,
	grants: readonly Grant[],
): Understanding {
	const lines = named.map(holder => {
		const mine = grantsFor(holder, grants);
		const found = allowingGrants(action, namespace, mine);
		const allowed = found.find(({names}) => names.length === 0);
		const who = holderText(holder);
		const place = wherePart(namespace, language);
		if (allowed !== undefined)
			return inLanguage(
				language,
				`Yes: ${who} may ${actionText(action)} ${place}, through ${viaText(allowed.grant, [])}.`,
				`예: ${who}는 ${place} ${actionText(action)}을(를) 할 수 있습니다 (${viaText(allowed.grant, [])}).`,
			);
		const some = found.flatMap(({names}) => names);
		if (some.length > 0)
			return inLanguage(
				language,
				`Only for ${some.join(', ')}: ${who} may ${actionText(action)} ${place} by name alone.`,
				`${some.join(', ')}에 한해서만 ${who}는 ${place} ${actionText(action)}을(를) 할 수 있습니다.`,
			);
		return inLanguage(
			language,
			`No: ${who} may not ${actionText(action)} ${place}. ${haveText(mine, namespace, language)}`,
			`아니요: ${who}는 ${place} ${actionText(action)}을(를) 할 수 없습니다. ${haveText(mine, namespace, language)}`,
		);
	});
	return answer(
		inLanguage(
			language,
			`Whether ${named.map(holderText).join(', ')} may ${actionText(action)}`,
			`${named.map(holderText).join(', ')}의 ${actionText(action)} 권한`,
		),
		lines.join('\n'),
		[],
		language,
	);
}

function haveText(grants: readonly Grant[], namespace: string | undefined, language: Language): string {
	const here = grants.filter(grant => !isSystemHolder(grant.holder) && (grant.namespace === undefined || grant.namespace === namespace));
	const list = here.map(
		({role, rules}) => `${refText(role)}${rules === undefined ? ' (not there)' : `: ${rules.map(ruleText).join('; ')}`}`,
	);
	if (list.length === 0) return inLanguage(language, 'No binding reaches it there.', '거기에 걸리는 바인딩이 없습니다.');
	return inLanguage(language, `It has ${list.join(' | ')}`, `가진 것: ${list.join(' | ')}`);
}

/** Long roles, such as those that Kubernetes brings, are told by their name and size. */
const mostRules = 4;

const rulesText = (rules: readonly Json[] | undefined, language: Language) => {
	if (rules === undefined) return inLanguage(language, 'the role is not there, so it gives nothing', '롤이 없어서 아무 권한도 없습니다');
	if (rules.length <= mostRules) return rules.map(ruleText).join('; ');
	const kinds = ['delete', 'create', 'update', 'get'].filter(verb =>
		rules.some(rule => coverOf(rule, {verb, group: '', resource: 'pods'}) === 'all'),
	);
	return inLanguage(
		language,
		`${rules.length} rules; on pods: ${kinds.join(', ') || 'nothing'}`,
		`규칙 ${rules.length}개; 파드에 대해: ${kinds.join(', ') || '없음'}`,
	);
};

/** All that these may do, and where. */
export function rightsOf({language}: Clause, named: readonly Holder[], grants: readonly Grant[]): Understanding {
	const names = named.map(holderText).join(', ');
	const found = named.flatMap(holder => grantsFor(holder, grants).map(grant => ({holder, grant})));
	const lines = found
		.filter(({grant}) => !isSystemHolder(grant.holder))
		.map(({grant}) =>
			bullet(
				`${refText(grant.role)} ${grant.namespace === undefined ? inLanguage(language, 'everywhere', '전체') : wherePart(grant.namespace, language)}`,
				`${rulesText(grant.rules, language)} (${refText(grant.binding)})`,
			),
		);
	return answer(
		inLanguage(language, `What ${names} may do, and where`, `${names}의 권한`),
		lines.length === 0
			? inLanguage(
					language,
					`No binding names ${names}: it may do nothing beyond what everybody may.`,
					`${names}에게 준 바인딩이 없습니다: 누구나 할 수 있는 것만 할 수 있습니다.`,
				)
			: inLanguage(language, `${names} may:`, `${names}의 권한:`),
		lines,
		language,
	);
}

/** Everybody whom a role of this name is bound to. */
export function holdersOf({language}: Clause, role: string, grants: readonly Grant[]): Understanding {
	const found = grants.filter(grant => grant.role.name === role);
	return answer(
		inLanguage(language, `Who has ${role}`, `${role}을(를) 가진 사람`),
		inLanguage(language, `${role} is given to:`, `${role}이(가) 주어진 곳:`),
		found.map(({holder, binding, role: ref}) => bullet(holderText(holder), `${refText(ref)} by ${refText(binding)}`)),
		language,
	);
}

/** Everybody whom any role of some namespaces is bound to. */
export function boundIn({language}: Clause, namespaces: readonly string[] | undefined, grants: readonly Grant[]): Understanding {
	const found = grants.filter(
		({namespace, holder}) =>
			!isSystemHolder(holder) && (namespaces === undefined || namespace === undefined || namespaces.includes(namespace)),
	);
	const where = namespaces?.join(', ') ?? inLanguage(language, 'all namespaces', '모든 네임스페이스');
	return answer(
		inLanguage(language, `Who is bound to a role in ${where}`, `${where}에서 롤을 가진 것`),
		inLanguage(language, `${found.length} in ${where}:`, `${where}: ${found.length}건`),
		found.map(({holder, binding, role}) => bullet(holderText(holder), `${refText(role)} by ${refText(binding)}`)),
		language,
	);
}
