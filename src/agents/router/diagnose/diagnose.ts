import type {Clause} from '../clause.ts';
import {ordersChange} from '../read/asks-to-read.ts';
import {saidByCluster} from '../read/events.ts';
import {inLanguage} from '../read/say.ts';
import type {Intent} from '../understanding.ts';
import {fromVerb} from '../words/mood/english-openings.ts';
import {beginsWithVerb} from '../words/mood/imperatives.ts';
import {spoken} from '../words/spoken.ts';
import {findCauses} from './find-causes.ts';
import {overview} from './overview.ts';
import {wholeClause} from './subject.ts';
import {asksForCause, asksForRepair, asksOutright} from './symptom.ts';
import {tellCauses} from './tell-causes.ts';

/** What is asked for by name goes to those who tell it: `logs of web before it crashed`. */
const reading =
	'log event how_many count list image top most who whose use reference depend unused event-wise history 로그 이벤트 몇 개수 목록 이미지 누구 사용 이력';

/** `what does the crashed container say`: its log is asked for. */
const saysSomething = /\bwhat (?:does|did|do|has|have)\b.*\b(?:say|said|print(?:ed)?|log(?:ged)?|writ(?:e|ten)|wrote)\b/i;

/** `web can't pull its image`: said of something, and no question for a list. */
const complains = (clause: Clause) =>
	/\bgets? (?:an? )?(?:forbidden|403|denied|unauthorized)\b|\bis (?:forbidden|denied)\b/i.test(clause.text) ||
	(/\b(?:can'?t|cannot|won'?t|doesn'?t|fails? to)\b/i.test(clause.text) && !spoken(clause, 'log event which what who how 로그 이벤트'));

/** `it never worked. Get rid of it`: what is told is only why. */
const orders = ({text}: Clause) =>
	text
		.toLowerCase()
		.split(/(?<=[.!?])\s+|[,;]\s+/)
		.some(part => beginsWithVerb(fromVerb(part)) && !/^claim\b/.test(fromVerb(part)));

/** `Why is web pending?`, `nobody can reach web`, `web이 왜 안 뜨지?` */
export const diagnose: Intent = {
	name: 'diagnose',
	async understand(clause, world, talk) {
		if (asksForRepair(clause) || ordersChange(clause) || orders(clause) || !asksForCause(clause)) return undefined;
		if (
			!asksOutright(clause) &&
			(saysSomething.test(clause.text) || saidByCluster.test(clause.text) || (spoken(clause, reading) && !complains(clause)))
		)
			return undefined;
		// What stands before and was answered by nobody is the complaint.
		const about = talk.earlier.length < talk.index ? wholeClause(clause, talk) : clause;
		const found = await findCauses(about, world, talk);
		if (found === undefined) return overview(clause, world, talk.nowMs);
		if ('choices' in found) return found;
		const {language} = clause;
		const said = inLanguage(language, `Why ${found.name} does not work`, `${found.name}의 문제 원인`);
		// `web is down. Why?`: the complaint was answered already.
		if (talk.earlier.some(one => one.kind === 'answer' && one.said === said))
			return {kind: 'answer', said, text: inLanguage(language, 'The causes are those above.', '원인은 위와 같습니다.')};
		return {
			kind: 'answer',
			said,
			text: tellCauses({...found, request: clause.text, language}),
		};
	},
};
