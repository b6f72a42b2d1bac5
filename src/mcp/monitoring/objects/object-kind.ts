import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';

/** How objects of one kind are read and written at the server that keeps them. */
export type ObjectKind = {
	/** Where they are kept, for people. */
	readonly source: string;
	readonly readOnly?: true | undefined;
	readonly read: (ref: Ref) => Promise<KubeObject | undefined>;
	/**
	 * Makes an object what it is to be, given what is there.
	 * @throws DriftError where the server finds that it is no longer that; LostAnswerError where nobody knows whether it was done
	 */
	readonly save: (wanted: KubeObject, live: KubeObject | undefined) => Promise<void>;
	readonly remove: (live: KubeObject) => Promise<void>;
};
