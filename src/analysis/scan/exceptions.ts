import type {Ref} from '../../core/kube/kube-object.ts';
import {type Answered, isExpired, wildcard} from '../exceptions/exception.ts';

/** A fault that somebody answers for, for so long. */
export type Exception = Answered & {
	/** Id of a check; `*` stands for any letters. */
	readonly check: string;
	/** `Kind/namespace/name`, or `Kind/name` for what is in no namespace; `*` stands for any letters of one part. */
	readonly object: string;
	/** Only faults at this field and below it. */
	readonly path?: string | undefined;
};

const nameOf = ({kind, namespace, name}: Ref) => [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');

const isBelow = (path: string, place: string) => path === place || (path.startsWith(place) && /^[.[]/.test(path.slice(place.length)));

/** Exceptions as they are asked for: which one covers a fault, and which never did. */
export function exceptionBook(exceptions: readonly Exception[], nowMs: number) {
	const rows = exceptions.map(exception => ({
		exception,
		check: wildcard(exception.check),
		object: wildcard(exception.object, '[^/]*'),
		isExpired: isExpired(exception, nowMs),
		used: 0,
	}));
	return {
		/** The first that holds for a fault. One that has expired is counted as meeting it, and covers nothing. */
		covering(check: string, resource: Ref, paths: readonly string[]): Exception | undefined {
			const met = rows.filter(
				row =>
					row.check.test(check) &&
					row.object.test(nameOf(resource)) &&
					(row.exception.path === undefined || (paths.length > 0 && paths.every(path => isBelow(path, row.exception.path ?? '')))),
			);
			for (const row of met) row.used += 1;
			return met.find(row => !row.isExpired)?.exception;
		},
		expired: () => rows.filter(row => row.isExpired).map(({exception}) => exception),
		/** Those that no fault of this scan met. */
		unmatched: () => rows.filter(({used}) => used === 0).map(({exception}) => exception),
	};
}
