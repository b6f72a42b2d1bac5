import type {Clause} from '../../clause.ts';
import {isDenied} from '../../words/denied.ts';
import {closedOnes} from './nodes-meant.ts';

export type NodeDeed = 'cordon' | 'uncordon' | 'drain';

const newPods = String.raw`(?:(?:any|new|more|further|fresh|other|additional)(?:\s|$))*\s*(?:pods?|workloads?|work|load|scheduling|anything|stuff|jobs?)`;
const place = `(?:rotation|scheduling|service|the scheduler|duty|the (?:scheduling )?pool|use|work)`;

type Row = readonly [deed: NodeDeed, said: RegExp, needsNode?: 'node'];

/** First match wins: what opens is said with the words of what closes (`lift the cordon`), so it comes first. `node`: only where a node is named. */
const english: readonly Row[] = [
	['uncordon', /\bun-?cordon\w*|(?<!un)\bschedulable\b/],
	[
		'uncordon',
		/\b(?:lift|undo|end|clear|remove|revert|take (?:off|away))\b.*\bcordon\w*|\bcordon\w*\b.*\b(?:lift|undo|off again|be removed|end it)\b/,
	],
	['uncordon', new RegExp(String.raw`\b(?:back|returns?|again)\b(?: \w+)? (?:in|into|to|on) ${place}\b`)],
	[
		'uncordon',
		new RegExp(
			String.raw`\b(?:re-?open|re-?enable|resume|re-?activate)\b.*(?:${newPods}\b|\bnode\b)|\b(?:allow|permit|accept|open|let|enable|take|takes|get|gets|receive|run|host|welcome|put|have)s?\b.*(?:${newPods}\b|\bnode\b).*\b(?:again|back|once more)\b|\b(?:again|back)\b.*\b(?:open|allow|accept|take|let|may|can)\b.*${newPods}\b`,
		),
	],
	[
		'uncordon',
		/\b(?:re-?open|re-?enable|release)\b|\bopen (?:\S+ ){1,2}up\b|\bopen (?:(?:it|them|that|this|up|the node|again)\b\s*)+/,
		'node',
	],
	[
		'uncordon',
		new RegExp(String.raw`\b(?:open|enable|free)\b(?: \S+){1,4} (?:for|to) (?:scheduling|the scheduler|placement|${newPods})\b`),
	],
	['uncordon', /(?:^|[,;.] |\b(?:and|then|please|also|but) )open\b/, 'node'],
	['drain', /\bdrain\w*|\bevacuat\w*/],
	['drain', /\bempty\b/, 'node'],
	[
		'drain',
		/\b(?:move|evict|clear|push|get|kick|migrate|shift)\b(?!.*\blabel)(?! (?:no|new)).*\b(?:pods?|workloads?|everything)\b.*\b(?:off|out of|from|away)\b/,
		'node',
	],
	['cordon', /\bcordon\w*|\bunschedul\w*|\bfenc(?:e|ing)\s+(?:\S+\s+)?off\b|\bfence\b/],
	[
		'cordon',
		new RegExp(
			String.raw`\b(?:stop|prevent|block|forbid|disallow|ban|avoid|disable|switch off|turn off|close|bar|keep|halt|suspend|no longer)\w*\b.*(?:${newPods}\b|\bscheduled?\b|\bplaced\b)`,
		),
	],
	[
		'cordon',
		new RegExp(
			String.raw`\b(?:no|nothing|none)\b(?: \w+){0,4} (?:may|should|shall|must|can|is to|are to|to|will|get|gets|be|for|on|in|go|goes|land|lands)\b.*(?:${newPods}|schedul\w+|plac\w+|land\w*|start\w*|accept\w*|there|on|onto|here)\b`,
		),
	],
	['cordon', /\bno (?:new|more|further) (?:pods?|workloads?|work|scheduling)\b/],
	[
		'cordon',
		new RegExp(
			String.raw`\b(?:should|must|may|shall|can|is to|does|do|will)(?:n't| not| no longer| never)\b.*\b(?:accept|take|get|receive|host|run|be given|schedule|be scheduled|attract)\b.*(?:${newPods}\b|\bany\b|$)`,
		),
	],
	[
		'cordon',
		new RegExp(
			String.raw`\bout of (?:scheduling|the scheduler|the schedule|the scheduling pool)\b|\b(?:keep|hold|lock|shut)\b(?: \w+){0,3} scheduler\b.*\b(?:away|off|out)\b|\boff[- ]limits\b|\bcloses? (?:down )?(?:to|for) ${newPods}|\bclosed (?:to|for)\b`,
		),
	],
	['cordon', new RegExp(String.raw`\bkeep\b(?: \w+){0,2} ${newPods}\b.*\b(?:off|away from|out of)\b`), 'node'],
	[
		'cordon',
		/\b(?:nothing|nobody|none) (?:new|more|further|else)\b.*\b(?:on|onto|for|there)\b|\bno (?:pods?|workloads?|scheduling|placements?) (?:on|onto|for|to)\b/,
		'node',
	],
	['cordon', /\bclose\b|\bseal\b|\block\b|\bcomes? out of it\b/, 'node'],
];

const koreanPods = '(?:새(?:로운)?|신규|추가|다른)?\\s?(?:파드|포드|워크로드|작업)';
const scheduling = '(?:스케[줄쥴](?:링|러)?|배치|할당)';

const korean: readonly Row[] = [
	['uncordon', /un-?cordon|언\s?코든/i],
	['uncordon', /(?:cordon|코든)[가-힣]*\s?(?:상태\s?)?(?:를|을|도|만)?\s?(?:걸린|된)?.*(?:풀|해제|해지|취소|걷어|없애)/i],
	[
		'uncordon',
		new RegExp(
			`(?:${scheduling}|${koreanPods}).*(?:허용|재개|다시\\s?(?:열|받|가능|되|돌|켜|투입)|가능하(?:게|도록)|풀어|열어|해제)(?!.*(?:막|금지|말))`,
		),
	],
	['uncordon', /다시\s?(?:열|받|투입|쓰|사용|스케|넣|합류|복귀|풀)|복귀|재개/, 'node'],
	['uncordon', /풀어|풀고|풀기|풀자|열어|열고|해제/, 'node'],
	['drain', /드레인|drain/i],
	['drain', /비워|비우|비울/, 'node'],
	['drain', /(?:파드|포드|워크로드)(?:들)?(?:을|를|은|는)?\s?.*(?:내보내|옮[겨기]|쫓아내|이동|빼내|대피|퇴거|축출)/, 'node'],
	['cordon', /cordon|코든|unschedulable/i],
	[
		'cordon',
		new RegExp(
			`(?:${scheduling}|${koreanPods}).*(?:막|금지|중지|중단|차단|제외|빼|불가|꺼|끄|멈|안\\s?(?:뜨|되|돼|올라|들어|가|받|잡|생)|못\\s?(?:뜨|올라|들어|가|오|받|잡)|받지\\s?(?:않|말|못|마)|[가-힣]지\\s?(?:않|못|말|마))`,
		),
	],
	['cordon', /대신.*(?:빼|제외)|(?:스케[줄쥴]|투입|운영|로테이션).*(?:빼|제외)/, 'node'],
	['cordon', /막아|막고|막기|막자|닫아|닫고|잠가|잠그|잠궈|봉쇄|격리|스케[줄쥴]에서\s?(?:빼|제외)/, 'node'],
];

/** `must survive a drain`: a disruption budget is meant. */
const aboutBudget = /\b(?:during|surviv\w*|budgets?|pdbs?|disruptions?)\b|버짓|예산|중(?:에도|에)?\s|동안/i;

/**
 * What a part of a request does with nodes. Undefined: nothing that its words tell.
 * @param isNamed whether it names nodes, so that a weak word (`close`, `풀어줘`) can mean nothing else
 */
export function nodeDeedIn({text, language}: Pick<Clause, 'text' | 'language'>, isNamed: boolean): NodeDeed | undefined {
	// `drain-order=first` is a label.
	// `drain nothing`, and what is drained is nothing.
	const plain = text
		.toLowerCase()
		.replaceAll(/[\w./-]+=\S+/g, ' ')
		.replaceAll(/\b(?:drain|evict|evacuate|move|empty)(?:ing)?\s+(?:nothing|nobody|none|neither|no\s+\w+)(?:\s+(?:off|away|out))?\b/g, ' ');
	const without = plain.replace(closedOnes, ' ');
	const found = (language === 'ko' ? korean : english).find(
		([deed, said, needs]) =>
			said.test(deed === 'uncordon' ? plain : without) &&
			(needs === undefined || isNamed) &&
			// An order to close a node is a denial itself.
			!(deed === 'drain' && isDenied(plain, said)),
	);
	if (found === undefined || (found[0] === 'drain' && aboutBudget.test(plain))) return undefined;
	return found[0];
}
