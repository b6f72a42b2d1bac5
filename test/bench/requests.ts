import {setTimeout as pause} from 'node:timers/promises';
import {type Audited, auditedRequests} from '../cluster/audit.ts';
import type {Requests} from './result.ts';

/** The server may write how a request ended after the program that asked has ended. */
async function settled(auditLog: string): Promise<readonly Audited[]> {
	for (let before = -1; ; ) {
		const answered = auditedRequests(auditLog).filter(({code}) => code !== undefined);
		if (answered.length === before) return answered;
		before = answered.length;
		await pause(100);
	}
}

/** Counts the requests of people in an audit log while work goes on. */
export const countingIn =
	(auditLog: string) =>
	async <Result>(work: () => Promise<Result>): Promise<readonly [Result, Requests]> => {
		const before = (await settled(auditLog)).length;
		const result = await work();
		const made = (await settled(auditLog)).slice(before);
		return [result, {count: made.length, serverMs: made.reduce((sum, {ms}) => sum + ms, 0)}];
	};
