import type {JsonObject} from '../../core/json.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import {fenceData} from '../../core/text/fence-data.ts';
import {modelAnswer} from '../../core/text/model-answer.ts';
import {shortLine} from '../../core/text/short-line.ts';

const longestWords = 1000;

/** The object that a call is about, for the origin of what it returned: `resource_get of Pod shop/web-1`. */
export function originOf(tool: string, input: JsonObject): string {
	const text = (key: string) => (typeof input[key] === 'string' ? shortLine(input[key], 80) : undefined);
	const name = text('name') ?? text('pod') ?? text('node') ?? text('workload');
	const place = [text('namespace'), name].filter(Boolean).join('/');
	const subject = [text('kind'), place].filter(Boolean).join(' ');
	return subject === '' ? tool : `${tool} of ${subject}`;
}

/**
 * What a model reads of one call: what came of it in words of mkcoa, and all that the tool returned inside a fence. The words by which a person
 * said no stand outside: they are the only ones of a result that the model may follow.
 * @param advice what mkcoa says to it beside that
 */
export function resultText(outcome: AnyOutcome, origin: string, nonce: string, advice?: string): string {
	return `${lead(outcome)}${advice === undefined ? '' : `. ${advice}`}\n${fenceData({origin, text: modelAnswer(outcome)}, nonce)}`;
}

function lead(outcome: AnyOutcome): string {
	if (outcome.kind !== 'rejected' || outcome.by !== 'person') return `Outcome: ${outcome.kind}`;
	const words = shortLine(outcome.feedback, longestWords);
	return words === '' ? 'Outcome: rejected. The person said no, without words.' : `Outcome: rejected. The person said no: "${words}"`;
}
