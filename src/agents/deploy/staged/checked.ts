import {sleep} from '../../../core/clock.ts';
import {isNotAllowed} from '../../../core/error.ts';
import type {Context} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import type {Wait} from './act.ts';
import type {Patience} from './patience.ts';
import {requestEveryMs, type Steering} from './steer.ts';
import {TurnBack} from './turn-back.ts';

type Check = Extract<Wait, {kind: 'check'}>;

/** A program that just became ready may fail once; it has to answer so often in a row. */
const wantedAnswers = 3;

/**
 * Asks the program behind a Service until it has answered a few times in a row.
 * @throws TurnBack where it does not within the time
 */
export async function checked(
	{service, port, path, withinMs}: Check,
	{steering, patiently, context}: {readonly steering: Steering; readonly patiently: Patience; readonly context: Context<DeployPorts>},
): Promise<undefined> {
	const {clock, signal, emit, ports} = context;
	const proxied = `/api/v1/namespaces/${service.namespace}/services/${service.name}:${port}/proxy${path}`;
	let answers = 0;
	for (let waitedMs = 0; ; waitedMs += requestEveryMs) {
		await steering.pulseOrSkip();
		const probe = await patiently(() => ports.cluster.probe(proxied).catch(unanswered));
		answers = probe.answered ? answers + 1 : 0;
		if (answers === wantedAnswers) return undefined;
		if (waitedMs >= withinMs)
			throw new TurnBack('stuck', `${path} at Service ${service.name}: ${probe.answered ? 'it does not answer every time' : probe.why}`);
		emit({kind: 'progress', text: `Checking ${path} at Service ${service.name}${probe.answered ? '' : `: ${probe.why}`}`});
		await sleep(clock, requestEveryMs, signal);
	}
}

/** A right that is missing will not come by waiting. */
function unanswered(error: unknown): never {
	if (isNotAllowed(error)) throw new TurnBack('stuck', `${error.trouble.what}, so nothing could be checked`);
	throw error;
}
