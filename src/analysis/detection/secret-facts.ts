import {isJsonObject} from '../../core/json.ts';
import type {Certificate} from '../../core/kube/certificate.ts';
import {valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';

/** What a snapshot keeps of a Secret's certificate in place of its values: the field `facts` of the object, which no API server writes. */
export type SecretFacts = {
	/** Those of `tls.crt`, the own one first; empty where it holds none. */
	readonly certificates: readonly Certificate[];
	/** Whether `tls.key` is the key of the first; undefined where there is none. */
	readonly keyFits?: boolean;
	/** Those of `tls.crt` in PEM, in the same order: what is shown to everybody. */
	readonly chain?: readonly string[];
	/** Those of `ca.crt` in PEM. */
	readonly authorities?: readonly string[];
};

/** The facts of a Secret; undefined where it has no certificate, or where nobody looked. */
export function factsOf(secret: KubeObject): SecretFacts | undefined {
	const facts = valueAt(secret, 'facts');
	// The reading layer alone writes the field, and in this form.
	return isJsonObject(facts) && Array.isArray(facts.certificates) ? (facts as unknown as SecretFacts) : undefined;
}
