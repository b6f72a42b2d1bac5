import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Consequence} from '../../../core/plan.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {changeTool} from '../../../core/tool.ts';
import type {Alertmanager, Silence} from '../alertmanager/port.ts';
import {demandServer} from '../demand-server.ts';
import {onlyRead} from '../http/trouble.ts';
import {matcherTexts} from '../model/matchers.ts';
import {silenceObject, silenceRef} from '../model/silence-object.ts';
import {draftSilence} from '../plan/draft-silence.ts';
import {changes, command, type OnMonitoring} from '../tool-input.ts';

const mostLetters = 200;

export const silenceExpire = changeTool({
	name: 'silence_expire',
	summary: 'Ends a silence now; the plan tells which alerts will be told of again',
	effect: 'change',
	annotations: changes,
	command: command('expire'),
	positionals: ['id'],
	input: z.object({id: checkedText(100, /^[0-9A-Za-z][0-9A-Za-z-]*$/, 'expected the id of a silence').describe('Id of the silence')}),
	resolved: z.object({id: z.string()}),
	output: z.object({id: z.string(), source: z.string()}),
	async plan({id}, {ports}: OnMonitoring) {
		const manager = await demandServer('Alertmanager', ports.monitoring.alertmanager);
		if (manager.readOnly === true) throw onlyRead(manager);
		const silence = await manager.silence(id);
		if (silence === undefined || silence.state === 'expired') throw notThere(id, manager, silence);
		const texts = matcherTexts(silence.matchers);
		return draftSilence({
			...{
				input: {id},
				summary: `End the silence of alerts with ${shortLine(someOf(texts), mostLetters)}`,
				title: `End the silence in ${manager.source}`,
			},
			...{before: silenceObject(silence, id, manager.source), after: undefined, ref: silenceRef(id)},
			consequences: await heardAgain(manager, silence),
			verify: 'Alertmanager, asked again, tells that it is over',
			undo: 'mkcoa undo makes it again, under a new id, until when it would have ended',
		});
	},
	async apply({input: {id}}, {ports}: OnMonitoring, effects) {
		await effects.performStep(0);
		const manager: Alertmanager = await demandServer('Alertmanager', ports.monitoring.alertmanager);
		return {id, source: manager.source};
	},
	text: ({id, source}, view) => textLines('', `Silence ${id} of ${source} is over`, view).join('\n'),
});

async function heardAgain(manager: Alertmanager, {id, createdBy, comment}: Silence): Promise<readonly Consequence[]> {
	const alerts = await manager.alerts();
	const silenced = alerts.filter(({silencedBy}) => silencedBy.includes(id));
	const alone = silenced.filter(({silencedBy, inhibitedBy}) => silencedBy.length === 1 && inhibitedBy.length === 0);
	const names = someOf([...new Set(alone.map(({labels}) => shortLine(labels.alertname ?? '', mostLetters)))]);
	const said = shortLine(comment, mostLetters);
	return [
		alone.length === 0
			? {id: 'none-heard-again', severity: 'info', text: 'No alert that is there now is silent by it alone'}
			: {id: 'heard-again', severity: 'warning', text: `${count(alone.length, 'alert')} will be told of again at once: ${names}`},
		{id: 'made-by', severity: 'info', text: `${shortLine(createdBy, mostLetters)} made it, saying: ${said === '' ? 'nothing' : said}`},
	];
}

const notThere = (id: string, {source}: Alertmanager, silence: Silence | undefined) =>
	new MkcoaError({
		kind: 'usage',
		code: silence === undefined ? 'not-found' : 'silence-over',
		what: silence === undefined ? `${source} has no silence ${id}` : `Silence ${id} is over already`,
		next: 'See those that are not over with: mkcoa observe silences',
	});
