// The part of s3rver, which has no types, that the tests use.
declare module 's3rver' {
  export default class S3rver {
    constructor(options: { address: string; port: number; silent: boolean; directory: string })
    run(): Promise<unknown>
    close(): Promise<void>
  }
}
