/** The host of an address, an IPv6 one without its brackets. */
export const hostOf = ({hostname}: URL) => hostname.replace(/^\[|\]$/g, '');

/** Whether requests stay on this machine. */
export const isLoopback = (server: URL) =>
	hostOf(server) === 'localhost' || hostOf(server) === '::1' || /^127\.[\d.]+$/.test(hostOf(server));
