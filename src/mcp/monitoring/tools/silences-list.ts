import * as z from 'zod';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import type {Silence} from '../alertmanager/port.ts';
import {demandServer} from '../demand-server.ts';
import {matcherTexts, parseMatcher} from '../model/matchers.ts';
import {command, limitField, matchersField, type OnMonitoring, readOnly} from '../tool-input.ts';

const mostLetters = 300;

const output = z.object({
	context: z.string(),
	source: z.string(),
	rows: z.array(
		z.object({
			id: z.string(),
			state: z.enum(['active', 'pending', 'expired']),
			matchers: z.array(z.string()),
			startsAt: z.iso.datetime(),
			endsAt: z.iso.datetime(),
			createdBy: z.string(),
			comment: z.string(),
		}),
	),
	leftOut: z.number(),
});
type Output = z.output<typeof output>;
type Row = Output['rows'][number];

export const silencesList = readTool({
	name: 'silences_list',
	summary: 'Shows silences of Alertmanager: what they match, until when, by whom and why',
	effect: 'read',
	annotations: readOnly,
	command: command('silences'),
	positionals: ['matchers'],
	input: z.object({
		matchers: matchersField,
		expired: z.boolean().default(false).describe('Also those that are over'),
		limit: limitField(50),
	}),
	output,
	async run({matchers, expired, limit}, {ports}: OnMonitoring): Promise<Output> {
		const texts = matcherTexts(matchers.map(parseMatcher));
		const {context} = await ports.cluster.target(undefined);
		const manager = await demandServer('Alertmanager', ports.monitoring.alertmanager);
		const all = (await manager.silences(texts)).filter(({state}) => expired || state !== 'expired');
		const rows = all
			.toSorted((a, b) => Number(a.state === 'expired') - Number(b.state === 'expired') || a.endsAtMs - b.endsAtMs)
			.slice(0, limit)
			.map(toldSilence);
		return {context, source: manager.source, rows, leftOut: all.length - rows.length};
	},
	text: silencesText,
});

const toldSilence = ({id, state, matchers, startsAtMs, endsAtMs, createdBy, comment}: Silence): Row => ({
	...{id, state, matchers: matcherTexts(matchers).map(text => shortLine(text, mostLetters))},
	...{startsAt: new Date(startsAtMs).toISOString(), endsAt: new Date(endsAtMs).toISOString()},
	...{createdBy: shortLine(createdBy, mostLetters), comment: shortLine(comment, mostLetters)},
});

function endText({state, endsAt}: Row, {terminal, nowMs}: View): string {
	if (!terminal) return endsAt;
	const leftMs = Date.parse(endsAt) - nowMs;
	return state === 'expired' || leftMs <= 0 ? `${age(-leftMs)} ago` : `in ${age(leftMs)}`;
}

function silencesText({context, source, rows, leftOut}: Output, view: View): string {
	const all = rows.length + leftOut;
	const head = all === 0 ? `No silence in ${context}, by ${source}` : `${count(all, 'silence')} in ${context}, by ${source}`;
	const table = textTable({
		headers: ['ID', 'STATE', 'ENDS', 'MATCHES', 'BY', 'WHY'],
		rows: rows.map(each => [each.id, each.state, endText(each, view), each.matchers.join(', '), each.createdBy, each.comment]),
		view,
	});
	return [
		...(view.terminal || all === 0 ? textLines('', head, view) : []),
		...(rows.length === 0 ? [] : [table]),
		...(leftOut > 0 ? textLines('', `${count(leftOut, 'silence')} more: --limit shows more`, view) : []),
	].join('\n');
}
