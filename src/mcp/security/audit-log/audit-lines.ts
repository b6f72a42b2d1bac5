import {StringDecoder} from 'node:string_decoder';
import {readAuditEvent} from '../../../analysis/audit-log/audit-event.ts';
import {isJsonObject} from '../../../core/json.ts';
import {listAt} from '../../../core/kube/json-at.ts';
import type {AuditItem} from './port.ts';

/** An object may have 3 MB in a request and as much in its answer, and each letter may be escaped; what is longer is no event. */
const mostLetters = 32 * 1024 * 1024;

/** How much of a line that is no event is told. */
const mostShown = 80;

/** What one line says: an event, or several as a webhook is sent them (EventList). */
export function itemsOf(line: string): readonly AuditItem[] {
	const malformed = [{malformed: line.slice(0, mostShown)}];
	let json: unknown;
	try {
		json = JSON.parse(line);
	} catch {
		return malformed;
	}
	if (isJsonObject(json) && json.kind === 'EventList')
		return listAt(json, 'items').map(each => {
			const event = readAuditEvent(each);
			return event === undefined ? {malformed: JSON.stringify(each).slice(0, mostShown)} : {event};
		});
	const event = readAuditEvent(json);
	return event === undefined ? malformed : [{event}];
}

/** Cuts bytes into lines as they come, however they are divided, and keeps no more than one line. */
export function lineCutter() {
	const decoder = new StringDecoder('utf8');
	let parts: string[] = [];
	let letters = 0;
	/** A line that is too long is read on to its end, and counts as one that is no event. */
	let isTooLong = false;

	const finish = (last: string): readonly AuditItem[] => {
		const line = isTooLong ? '' : [...parts, last].join('');
		const wasTooLong = isTooLong;
		[parts, letters, isTooLong] = [[], 0, false];
		if (wasTooLong) return [{malformed: `a line of more than ${mostLetters} letters`}];
		const text = line.trim();
		return text === '' ? [] : itemsOf(text);
	};

	return {
		*take(bytes: Buffer): Generator<AuditItem> {
			const text = decoder.write(bytes);
			let from = 0;
			for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
				yield* finish(text.slice(from, end));
				from = end + 1;
			}
			const rest = text.slice(from);
			letters += rest.length;
			if (letters > mostLetters) [parts, isTooLong] = [[], true];
			else if (rest !== '') parts.push(rest);
		},
		/** What is left at the end of a file: its last line may be without an end. */
		*end(): Generator<AuditItem> {
			yield* finish(decoder.end());
		},
		/** Forgets half a line, where a file was cut off. */
		reset() {
			decoder.end();
			[parts, letters, isTooLong] = [[], 0, false];
		},
	};
}

/** The events of a stream of bytes. */
export async function* auditItems(bytes: AsyncIterable<Buffer>): AsyncGenerator<AuditItem> {
	const cutter = lineCutter();
	for await (const chunk of bytes) yield* cutter.take(chunk);
	yield* cutter.end();
}
