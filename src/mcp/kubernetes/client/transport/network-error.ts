import {MkcoaError, type Trouble} from '../../../../core/error.ts';

/** No answer, or half of one. */
export class NetworkError extends MkcoaError {
	/** Whether it can be over in a moment: a reset yes, a wrong certificate no. */
	readonly passing: boolean;
	/** Whether the server cannot have seen the request. */
	readonly unsent: boolean;

	constructor(
		{trouble, passing, unsent}: {readonly trouble: Trouble; readonly passing: boolean; readonly unsent: boolean},
		options: ErrorOptions,
	) {
		super(trouble, options);
		this.passing = passing;
		this.unsent = unsent;
	}
}

type Reason = {readonly why: string; readonly next: string; readonly passing?: true; readonly unsent?: true};

const network = 'Check the network, the VPN and that the cluster runs';
const authority: Reason = {
	why: 'its TLS certificate is signed by an authority that is not trusted',
	next: 'Put the right certificate-authority-data into the cluster of your kubeconfig (sign in again to fetch it)',
};
const clientCertificate: Reason = {
	why: 'it refused your client certificate',
	next: 'Sign in to the cluster again: the certificate of your kubeconfig is missing, expired or from another cluster',
};
const notTls: Reason = {
	why: 'it does not speak TLS',
	next: 'Check that the server of your kubeconfig starts with the right https:// or http://',
};
const unconnected: Reason = {why: 'the connection timed out', next: network, passing: true, unsent: true};
const unanswered: Reason = {why: 'it accepted the request and did not answer in time', next: network, passing: true};
const stuck: Reason = {why: 'it stopped in the middle of an answer', next: network, passing: true};
const lost: Reason = {why: 'the connection broke before the answer was complete', next: network, passing: true};

/** Codes of Node, OpenSSL, undici and the direct connection. */
const reasons: {readonly [code: string]: Reason | undefined} = {
	ECONNREFUSED: {why: 'the connection was refused', next: network, passing: true, unsent: true},
	ENOTFOUND: {why: 'its name is not known to DNS', next: 'Check the server of your kubeconfig, and the VPN', unsent: true},
	EAI_AGAIN: {why: 'DNS did not answer', next: network, passing: true, unsent: true},
	EHOSTUNREACH: {why: 'there is no way to its network', next: network, passing: true, unsent: true},
	ENETUNREACH: {why: 'there is no way to its network', next: network, passing: true, unsent: true},
	ETIMEDOUT: {why: 'the connection timed out', next: network, passing: true},
	CONNECT_TIMEOUT: unconnected,
	UND_ERR_CONNECT_TIMEOUT: unconnected,
	HEADERS_TIMEOUT: unanswered,
	UND_ERR_HEADERS_TIMEOUT: unanswered,
	BODY_TIMEOUT: stuck,
	UND_ERR_BODY_TIMEOUT: stuck,
	UND_ERR_SOCKET: lost,
	UND_ERR_ABORTED: lost,
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: lost,
	ECONNRESET: lost,
	EPIPE: lost,
	ERR_STREAM_PREMATURE_CLOSE: lost,
	Z_BUF_ERROR: lost,
	Z_DATA_ERROR: lost,
	SELF_SIGNED_CERT_IN_CHAIN: authority,
	DEPTH_ZERO_SELF_SIGNED_CERT: authority,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: authority,
	UNABLE_TO_GET_ISSUER_CERT: authority,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: authority,
	CERT_SIGNATURE_FAILURE: authority,
	CERT_HAS_EXPIRED: {
		why: 'its TLS certificate has expired',
		next: 'Renew the certificate of the API server, and check the clock of this machine',
	},
	CERT_NOT_YET_VALID: {why: 'its TLS certificate is not valid yet', next: 'Check the clock of this machine'},
	ERR_TLS_CERT_ALTNAME_INVALID: {
		why: 'its TLS certificate is for another name',
		next: 'Use a name of the certificate as server, or set tls-server-name in the cluster of your kubeconfig',
	},
	ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: clientCertificate,
	ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: clientCertificate,
	ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: clientCertificate,
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: clientCertificate,
	ERR_SSL_WRONG_VERSION_NUMBER: notTls,
	ERR_SSL_PACKET_LENGTH_TOO_LONG: notTls,
	EPROTO: notTls,
	HPE_INVALID_CONSTANT: {why: 'it does not speak HTTP', next: 'Check the server of your kubeconfig'},
	UND_ERR_SOCKS5: {
		why: 'the SOCKS proxy refused',
		next: 'Check the proxy-url of the cluster in your kubeconfig',
		passing: true,
		unsent: true,
	},
	UND_ERR_REQ_RETRY: lost,
};

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined);

/**
 * What a failed request means. The words of the network library are not repeated: some hold the request.
 * @param server address without user name and password
 * @param changes whether the request may have changed something before the connection broke
 */
export function networkError(error: unknown, server: string, changes: boolean): NetworkError {
	const cause = error instanceof Error ? error.cause : undefined;
	const code = [codeOf(error), codeOf(cause)].find(one => one !== undefined && reasons[one] !== undefined);
	const {
		why,
		next,
		passing = false,
		unsent = false,
	} = (code === undefined ? undefined : reasons[code]) ?? {
		why: `the request failed (${codeOf(error) ?? codeOf(cause) ?? 'no code'})`,
		next: network,
		passing: true,
	};
	const doubtful = changes && passing && !unsent;
	return new NetworkError(
		{
			passing,
			unsent,
			trouble: {
				kind: 'environment',
				code: 'unreachable',
				what: `The cluster at ${server} cannot be reached`,
				why: doubtful ? `${why}; the change may have been made or not` : why,
				next: doubtful ? 'Run the command again: its plan shows what is there now' : next,
			},
		},
		{cause: error},
	);
}
