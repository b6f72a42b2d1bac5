import type {Json} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';

/** One column of a Table. */
export type Column = {
	readonly name: string;
	readonly type?: 'string' | 'integer' | 'boolean' | 'date';
	readonly format?: string;
	readonly description?: string;
	/** Shown with `-o wide` only. */
	readonly wide?: boolean;
	/** @param now milliseconds since 1970 */
	readonly cell: (object: KubeObject, now: number) => Json;
};
