import {readFile} from 'node:fs/promises';
import {MkcoaError} from '../../../../core/error.ts';
import type {Material} from '../../kubeconfig/kubeconfig.ts';

/**
 * PEM text of a certificate or key.
 * @param what name for error texts, such as `the client key`
 * @throws MkcoaError `bad-kubeconfig` when the data is no PEM, `no-such-file` when its file cannot be read
 */
export async function readMaterial(material: Material, what: string): Promise<string> {
	if ('data' in material) {
		const pem = Buffer.from(material.data, 'base64').toString('utf8');
		if (pem.includes('-----BEGIN ')) return pem;
		throw trouble('bad-kubeconfig', `The kubeconfig's data of ${what} is not PEM in base64`);
	}
	const pem = await readFile(material.file, 'utf8').catch((error: unknown) => {
		throw trouble('no-such-file', `The file of ${what} cannot be read: ${material.file}`, error);
	});
	if (pem.includes('-----BEGIN ')) return pem;
	throw trouble('bad-kubeconfig', `The file of ${what} is not PEM: ${material.file}`);
}

const trouble = (code: string, what: string, cause?: unknown) =>
	new MkcoaError({kind: 'usage', code, what, next: 'Sign in to the cluster again, which writes the kubeconfig anew'}, {cause});
