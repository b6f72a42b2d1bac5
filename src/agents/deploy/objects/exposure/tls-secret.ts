import {isNotAllowed, MkcoaError} from '../../../../core/error.ts';
import type {Consequence} from '../../../../core/plan.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';

/**
 * Whether a certificate is there, by the server's table: its values are not read.
 * @throws `no-certificate` where there is none of that name, or it is no certificate
 */
export async function tlsNotes(cluster: Cluster, namespace: string, name: string): Promise<readonly Consequence[]> {
	try {
		const type = await cluster.typeOf('secrets');
		const {columns, rows} = await cluster.table({type, namespace, fieldSelector: `metadata.name=${name}`});
		const row = rows.find(each => each.name === name);
		const kind = row?.cells[columns.findIndex(column => column.name === 'Type')];
		if (kind === 'kubernetes.io/tls') return [];
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-certificate',
			what: row === undefined ? `There is no Secret ${namespace}/${name}` : `Secret ${namespace}/${name} is no certificate`,
			why:
				row === undefined
					? 'a certificate lies in a Secret of the namespace of its Ingress'
					: `its type is ${String(kind)}, not kubernetes.io/tls`,
			next: `Make one with: kubectl create secret tls ${name} --cert FILE --key FILE -n ${namespace}`,
		});
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		return [
			{
				id: 'not-checked',
				severity: 'warning',
				text: `Not checked: whether Secret ${name} is a certificate; reading Secrets is not allowed`,
			},
		];
	}
}
