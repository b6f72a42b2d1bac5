import {MkcoaError} from '../core/error.ts';

type Address = {readonly host: string; readonly port: number};

/** Whether only this machine reaches it. */
export const isLoopbackHost = (host: string) => ['localhost', '::1'].includes(host) || /^127\./.test(host);

/**
 * An address to listen at, as a flag names it: a host, a port, or both.
 * @throws MkcoaError `bad-address`
 */
export function listenAddress(flag: string, text: string, usual: Address): Address {
	if (text === '') return usual;
	const [, v6, plain, port] = /^(?:\[([\da-f:]+)\]|([\w.-]+))?:?(\d{1,5})?$/i.exec(text) ?? [];
	const isPort = plain !== undefined && port === undefined && /^\d{1,5}$/.test(plain);
	const number = Number(isPort ? plain : (port ?? usual.port));
	const host = v6 ?? (isPort ? undefined : plain) ?? usual.host;
	if (!/^(?:\[[\da-f:]+\]|[\w.-]+)?(?::?\d{1,5})?$/i.test(text) || number > 65_535)
		throw new MkcoaError({
			kind: 'usage',
			code: 'bad-address',
			what: `${flag} ${JSON.stringify(text)} is no address`,
			next: `Write it like ${usual.port}, 127.0.0.1:${usual.port} or [::1]:${usual.port}`,
		});
	return {host, port: number};
}
