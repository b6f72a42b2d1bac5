import type {Remedy} from '../../../analysis/diagnosis/cause.ts';
import {speaksOfLabels} from '../change/labels/label-words.ts';
import type {Clause} from '../clause.ts';
import {inLanguage} from '../read/say.ts';
import {saidRight} from '../route/said-right.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {amountsIn} from '../words/amounts.ts';
import {givesOrder} from '../words/mood/mood-of.ts';
import {pairsIn} from '../words/values.ts';
import {type Diagnosis, findCauses} from './find-causes.ts';
import {isQuoted, openRemedies, type Sides, sidesIn, withoutBans} from './sides.ts';
import {wholeClause} from './subject.ts';
import {asksForRepair, takesCauseAway} from './symptom.ts';
import {tellCauses} from './tell-causes.ts';

/** `Fix web`, `nobody reaches web: find out why and repair it`, `web이 안 떠요, 고쳐주세요`. */
export const fix: Intent = {
	name: 'fix',
	async understand(clause, world, talk) {
		if (!asksForRepair(clause) || saysHow(clause) || speaksOfLabels(clause)) return undefined;
		const whole = wholeClause(clause, talk);
		const found = await findCauses(whole, world, talk);
		if (found === undefined || 'choices' in found) return found;
		return repair(whole, found, await sidesIn(whole, world));
	},
};

/** `repair the service and do not restart the deployment`: nothing that is left alone is ordered. */
export const fixLeaving: Intent = {
	name: 'fix and leave alone',
	async understand(whole, world, talk) {
		const clause = withoutBans(whole);
		if ((clause === whole && saidRight(whole).size === 0) || !asksForRepair(clause) || saysHow(clause) || !givesOrder(clause.text))
			return undefined;
		const found = await findCauses(clause, world, talk);
		if (found === undefined || 'choices' in found) return undefined;
		const repaired = repair(clause, found, await sidesIn(whole, world));
		return repaired.kind === 'calls' ? repaired : undefined;
	},
};

/** `fix web by giving it 1Gi`, `with MODE=fast`: what is to be done is said, and it is a change like any other. */
const saysHow = (clause: Clause) =>
	pairsIn(clause).length > 0 ||
	amountsIn(clause).some(({kind}) => kind === 'quantity') ||
	/\b(?:to|at|:) \d+\b|\d\s?(?:으로|로)(?=\s|$)/.test(clause.text);

/** A remedy that takes something out: who says `remove what keeps it` wants no other value. */
const takesAway = /\\?"op\\?":\\?"remove|(?:null|\{\})\}/;

function repair(clause: Clause, found: Diagnosis, sides: Sides): Understanding {
	const {language} = clause;
	const mendable = found.causes
		.map(cause => ({cause, remedies: openRemedies(cause, clause, sides)}))
		.filter(({remedies}) => remedies.length > 0);
	const [first] = mendable;
	if (first === undefined) return {kind: 'question', text: notMended(clause, found), choices: []};
	const alike = mendable.filter(({cause}) => cause.id === first.cause.id && cause.resource.kind === first.cause.resource.kind);
	const isMeant = ({input}: Remedy) => !takesCauseAway.test(clause.text) || takesAway.test(JSON.stringify(input));
	const isClear = alike.every(
		({remedies}) => remedies.length === 1 && remedies.every(isMeant) && (remedies[0]?.sure === true || isQuoted(clause, remedies[0])),
	);
	const others = found.causes.filter(cause => !alike.some(each => each.cause === cause));
	if (isClear) {
		const also = others.map(({cause}) => cause[language]).join(' ');
		const calls = alike.flatMap(({remedies}) => remedies.map(({tool, input}) => ({tool, input})));
		const why = alike.map(({cause}) => cause.cause[language]).join(' ');
		const how = alike.flatMap(({remedies}) => remedies.map(({text}) => text[language])).join(', ');
		return {
			kind: 'calls',
			said: `${why}. ${how}.${also === '' ? '' : inLanguage(language, ` Not mended by this: ${also}`, ` 이것으로 고쳐지지 않는 것: ${also}`)}`,
			calls,
		};
	}
	const {remedies} = first;
	return {
		kind: 'question',
		text: `${first.cause.cause[language]}. ${inLanguage(language, 'Which remedy do you want?', '어떤 방법으로 고칠까요?')}`,
		choices: remedies.map(({text}) => ({
			text: text[language],
			request: `${clause.text.replace(/[\s.!?:]+$/, '')}: "${text[language]}"`,
		})),
	};
}

/** The diagnosis, and what is asked of the person: how it should be. */
const notMended = (clause: Clause, found: Diagnosis) =>
	`${tellCauses({...found, language: clause.language})}\n\n${inLanguage(clause.language, 'No one remedy follows from this. What should be changed?', '이것만으로는 무엇을 고쳐야 할지 정할 수 없습니다. 무엇을 바꿀까요?')}`;
