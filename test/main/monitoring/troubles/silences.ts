import type {ServerResponse} from 'node:http';
import {respond} from '../../../support/scripted-server.ts';

/** A metrics server that does not tell numbers. */
export type Silence = {
	readonly name: string;
	/** In place of an answer; undefined where nobody listens at all. */
	readonly script: ((response: ServerResponse) => unknown) | undefined;
	/** Beside the command. */
	readonly flags?: string;
	readonly code: string;
	/** Of the process; 1 if left out. */
	readonly exit?: number;
	/** A part of why. */
	readonly why: string;
	/** A part of what to do. */
	readonly next: string;
};

const address = 'Check the address, or leave --prometheus';
const status = (name: string, code: number, body: unknown = {}, headers: {readonly [name: string]: string} = {}) => ({
	name,
	script: (response: ServerResponse) => respond(response, body, code, headers),
});

/** Writes until the other end has had enough, at most 100 MB. */
function flood(response: ServerResponse) {
	const chunk = Buffer.alloc(2 ** 20, ' ');
	let left = 100;
	const write = () => {
		while (left-- > 0) if (!response.write(chunk)) return void response.once('drain', write);
		response.end();
	};
	write();
}

/** One byte after the other, and never the last one. */
function trickle(response: ServerResponse) {
	response.setHeader('content-type', 'application/json');
	const timer = setInterval(() => response.write(' '), 50);
	response.on('close', () => clearInterval(timer));
}

/** Ends in the middle of its answer. */
function breakOff(response: ServerResponse) {
	response.setHeader('content-length', '1000');
	response.write('{"status":"success","data":{"resultType":"matrix","result":[', () => response.destroy());
}

export const silences: readonly Silence[] = [
	{name: 'is down', script: undefined, code: 'metrics-unreachable', why: 'ECONNREFUSED', next: address},
	{name: 'hangs up', script: response => response.destroy(), code: 'metrics-unreachable', why: 'socket hang up', next: address},
	{name: 'breaks off', script: breakOff, code: 'metrics-unreachable', why: 'it broke off in the middle of its answer', next: address},
	{name: 'never answers', script: () => {}, flags: '--timeout 500ms', code: 'timed-out', why: '--timeout', next: 'Give it more time'},
	{name: 'answers byte by byte', script: trickle, flags: '--timeout 500ms', code: 'timed-out', why: '--timeout', next: 'Give it more time'},
	{name: 'floods', script: flood, code: 'metrics-unreachable', why: 'larger than 16 MiB', next: 'Ask for less'},
	{...status('is broken', 500), code: 'metrics-unreachable', why: 'HTTP 500', next: 'Look at its log'},
	{...status('stands behind a broken proxy', 502, 'bad gateway'), code: 'metrics-unreachable', why: 'HTTP 502', next: 'Look at its log'},
	{...status('is overloaded', 503), code: 'metrics-unreachable', why: 'HTTP 503', next: address},
	{...status('asks for fewer questions', 429), code: 'metrics-busy', why: 'HTTP 429', next: 'fewer series, a shorter time, a longer step'},
	{
		...status('asks to be left alone for an hour', 429, {}, {'retry-after': '3600'}),
		...{code: 'metrics-busy', why: 'come back in 3600 s', next: 'Ask again then'},
	},
	{
		...status('gives up a query', 503, {status: 'error', errorType: 'timeout', error: 'query timed out in expression evaluation'}),
		...{code: 'bad-query', why: 'the query was', next: 'Ask for less: fewer series'},
	},
	{
		...status('refuses a query', 422, {status: 'error', errorType: 'execution', error: 'query processing would load too many samples'}),
		...{code: 'bad-query', why: 'the query was', next: 'Ask for less: fewer series'},
	},
	{...status('lets nobody in', 401), exit: 4, code: 'metrics-signed-out', why: 'HTTP 401', next: 'Write the user and password'},
	{...status('forbids it', 403), exit: 4, code: 'metrics-signed-out', why: 'HTTP 403', next: 'Write the user and password'},
	{
		...status('sends on elsewhere', 302, {}, {location: 'https://login.example/'}),
		...{code: 'metrics-unreachable', why: 'https://login.example', next: 'Write that address instead'},
	},
	{
		name: 'is something else',
		script: response => response.end('<html>Welcome</html>'),
		...{code: 'metrics-unreachable', why: 'is no Prometheus', next: address},
	},
	{...status('answers in a way of its own', 200, {hits: []}), code: 'bad-query', why: 'the query was', next: 'Try the query'},
];
