/** Where the data are published: nothing is fetched unless a person does it. */
export const howToGetAdvisories =
	'Put zips of https://osv-vulnerabilities.storage.googleapis.com/ECOSYSTEM/all.zip (Debian, Alpine, npm, PyPI, Go, …) into a folder and name it with --advisories DIR or MKCOA_ADVISORIES';

export const howToGetExploits =
	"put CISA's known_exploited_vulnerabilities.json and https://epss.empiricalsecurity.com/epss_scores-current.csv.gz into the folder of advisories";
