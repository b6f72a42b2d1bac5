import {X509Certificate} from 'node:crypto';

/** Whether a certificate (PEM, in base64 as a Secret holds it) has not ended and is made out to each host. What is none fits nothing. */
export function certificateFits(base64: string, hosts: readonly string[], nowMs: number): boolean {
	try {
		const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
		return certificate.validToDate.getTime() > nowMs && hosts.every(host => certificate.checkHost(host) !== undefined);
	} catch {
		return false;
	}
}
