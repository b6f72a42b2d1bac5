import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import type {Consequence} from '../../../core/plan.ts';
import {someOf} from '../../../core/text/count.ts';
import {textLines} from '../../../core/text/styled.ts';
import {changeTool} from '../../../core/tool.ts';
import type {Alertmanager, Silence} from '../alertmanager/port.ts';
import {demandServer} from '../demand-server.ts';
import {onlyRead} from '../http/trouble.ts';
import {matcherTexts, parseMatcher} from '../model/matchers.ts';
import {fitsNothingness, silenceConsequences} from '../model/silence-consequences.ts';
import {madeBy, newSilence, silenceName, silenceObject, silenceRef} from '../model/silence-object.ts';
import {draftSilence} from '../plan/draft-silence.ts';
import {changes, command, matchersField, type OnMonitoring, spanField, spanOf} from '../tool-input.ts';

const resolved = z.object({name: z.string(), matchers: z.array(z.string()), duration: z.string(), comment: z.string()});

export const silenceCreate = changeTool({
	name: 'silence_create',
	summary: 'Silences alerts that matchers fit, for a time; the plan tells which fire now',
	effect: 'change',
	annotations: changes,
	command: command('silence'),
	positionals: ['matchers'],
	input: z.object({
		comment: checkedText(500, /\S/, 'expected a reason').describe('Why, for those who wonder at the silence'),
		duration: spanField.default('2h').describe('How long it lasts'),
		matchers: matchersField.unwrap().min(1).describe('Matchers that an alert must fit, such as alertname="Down" severity=~"warning|info"'),
	}),
	resolved,
	output: z.object({id: z.string(), source: z.string(), matchers: z.array(z.string()), endsAt: z.string()}),
	async plan({matchers: texts, duration, comment}, {ports}: OnMonitoring) {
		const matchers = texts.map(parseMatcher);
		if (fitsNothingness(matchers)) throw tellsNothing(texts);
		const manager = await demandServer('Alertmanager', ports.monitoring.alertmanager);
		if (manager.readOnly === true) throw onlyRead(manager);
		const {identity} = await ports.cluster.target(undefined);
		const about = {matchers, createdBy: madeBy(identity), comment};
		const name = silenceName(about);
		const told = matcherTexts(matchers);
		const [alerts, fitting, silences] = await Promise.all([manager.alerts(), manager.alerts({matchers: told}), manager.silences()]);
		const twin = silences.find(silence => silence.state !== 'expired' && silenceName(silence) === name);
		return draftSilence({
			input: {name, matchers: [...told], duration, comment},
			summary: `Silence alerts with ${someOf(told)} for ${duration}`,
			title: `Make the silence in ${manager.source}`,
			ref: silenceRef(name),
			before: twin === undefined ? undefined : silenceObject(twin, name, manager.source),
			after: newSilence(about, duration, manager.source),
			consequences:
				twin === undefined ? silenceConsequences({matchers, lastsMs: spanOf(duration), alerts, fitting, silences}) : [saysTheSame(twin)],
			verify: 'Alertmanager, asked again, has the silence',
			undo: 'mkcoa undo ends the silence',
		});
	},
	async apply({input: {matchers}}, {ports}: OnMonitoring, effects) {
		const [made] = await effects.performStep(0);
		const manager: Alertmanager = await demandServer('Alertmanager', ports.monitoring.alertmanager);
		return {id: made?.metadata.uid ?? '', source: manager.source, matchers, endsAt: textAt(made ?? {}, 'spec', 'endsAt') ?? ''};
	},
	text: ({id, source, matchers, endsAt}, view) =>
		textLines('', `Alerts with ${matchers.join(', ')} are silent until ${endsAt}, by silence ${id} of ${source}`, view).join('\n'),
});

const saysTheSame = ({id, endsAtMs}: Silence): Consequence => ({
	...{id: 'already-silenced', severity: 'info'},
	text: `Silence ${id} says the same until ${new Date(endsAtMs).toISOString()}: for another time end it, or give another --comment`,
});

const tellsNothing = (texts: readonly string[]) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-matcher',
		what: `${texts.join(', ').slice(0, 200)} is no silence`,
		why: 'Alertmanager wants a matcher that an alert without labels does not fit',
		next: 'Name a label and its value, such as alertname="KubePodCrashLooping"',
	});
