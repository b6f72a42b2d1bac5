import * as z from 'zod';
import type {Json} from '../../core/json.ts';
import {count} from '../../core/text/count.ts';
import {textLines} from '../../core/text/styled.ts';
import type {View} from '../../core/tool.ts';
import {invasivenessLevels, invasivenessWords} from './recovery/invasiveness.ts';
import {incidentSchema, type ToldIncident} from './told-incident.ts';

/** What came of mending one incident. */
export const recoverySchema = z.object({
	/** As it was before; absent where none was chosen. */
	incident: incidentSchema.optional(),
	/** What was done, in words. */
	remedy: z.string().optional(),
	/** `healing`: the cause is gone, and what it hurt is not well yet. `not-tried`: a person has to choose. */
	result: z.enum(['healed', 'healing', 'still-there', 'worse', 'not-tried']),
	/** What the last look said, where it is not healed. */
	why: z.string().optional(),
	watchedSeconds: z.number(),
	/** Keys of what was wrong before, on the objects that it concerns and around them. */
	before: z.array(z.string()),
	/** What is wrong with the same objects now. */
	after: z.array(incidentSchema),
	/** Commands that mend what is of the same class elsewhere. */
	alike: z.array(z.string()),
	choices: z.array(z.object({number: z.number(), text: z.string(), invasiveness: z.enum(invasivenessLevels), command: z.string()})),
});
export type Recovery = z.output<typeof recoverySchema>;

/** As an outcome that failed carries it: without what is absent. */
export const recoveryJson = (recovery: Recovery): Json => JSON.parse(JSON.stringify(recovery));

const signs = {healed: '✓', healing: '-', 'still-there': '!', worse: '✗', 'not-tried': '-'} as const;
const words = {
	healed: 'is gone',
	healing: 'is gone, and what it hurt is not well yet',
	'still-there': 'is still there',
	worse: 'got worse',
	'not-tried': 'is left as it is',
} as const;

/** What came of it as a person reads it. */
export function recoveryText({incident, result, why, watchedSeconds, after, alike, choices}: Recovery, view: View): string {
	const say = (lead: string, text: string) => textLines(lead, text, view);
	const watched = result === 'not-tried' ? '' : `, after ${count(watchedSeconds, 'second')}`;
	return [
		...(incident === undefined
			? []
			: [
					...say(`${signs[result]} `, `${incident.id} ${words[result]}${watched}`),
					...say('  ', `${result === 'healed' || result === 'healing' ? 'It was: ' : ''}${incident.cause}`),
				]),
		...(why === undefined ? [] : say('  ', `Now: ${why}`)),
		...after.filter(({key}) => key !== incident?.key).flatMap(each => besideLines(each, view)),
		...alike.flatMap((command, index) => say(index === 0 ? '  Next: ' : '        ', command)),
		...choices.flatMap(({number, text, invasiveness, command}) => [
			...say(`  ${number} `, `${text} (${invasivenessWords[invasiveness]})`),
			...say('    ', command),
		]),
	].join('\n');
}

const besideLines = ({severity, id, cause}: ToldIncident, view: View) => textLines('  Also: ', `${severity} ${id}: ${cause}`, view);
