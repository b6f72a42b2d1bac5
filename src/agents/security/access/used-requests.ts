import type {UsedRequest} from '../../../analysis/access/used-request.ts';

/** The requests of an audit log that were let through. */
export type UsedLog = {
	readonly requests: readonly UsedRequest[];
	/** What was read, as a person calls it. */
	readonly source: string;
	/** The first and the last moment that it tells of; none where it is empty. */
	readonly from?: string | undefined;
	readonly to?: string | undefined;
};

/** What was used, by the audit log that the person named; undefined where none was. */
export type UsePorts = {readonly usedRequests: (signal: AbortSignal) => Promise<UsedLog | undefined>};
