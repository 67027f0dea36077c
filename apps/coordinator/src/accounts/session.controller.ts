import { Body, Controller, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ChangePassword, FirstAccount, RedeemLink, type SessionView, SignIn } from '@sidemark/core/contract';
import { clearCookie, cookieOf, setCookie } from '../auth/account-session/cookie.ts';
import { CallerLimits } from '../auth/caller-limits.ts';
import { type Config, CONFIG } from '../config.ts';
import { type ActingAccount, FromAccount } from '../platform/http/acting.ts';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { type SignedIn, SignInService } from './sign-in.service.ts';

/** Every way in goes through the limits of its caller, and leaves a cookie. */
@Controller()
export class SessionController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SignInService) private readonly signing: SignInService,
    @Inject(CallerLimits) private readonly limits: CallerLimits,
  ) {}

  @ApiRoute('showSession')
  async show(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SessionView> {
    const { fresh, ...view } = await this.signing.who(cookieOf(request, this.config));
    if (fresh) setCookie(response, this.config, fresh);
    return view;
  }

  @ApiRoute('signIn')
  signIn(
    @Req() request: Request,
    @Body(new ZodPipe(SignIn)) body: SignIn,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.enter(request, response, () => this.signing.signIn(body));
  }

  @ApiRoute('createFirstAccount')
  first(
    @Req() request: Request,
    @Body(new ZodPipe(FirstAccount)) body: FirstAccount,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.enter(request, response, () => this.signing.first(body));
  }

  @ApiRoute('redeemLink')
  redeem(
    @Req() request: Request,
    @Body(new ZodPipe(RedeemLink)) body: RedeemLink,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.enter(request, response, () => this.signing.redeem(body));
  }

  @ApiRoute('changePassword')
  changePassword(
    @Req() request: Request,
    @FromAccount() account: ActingAccount,
    @Body(new ZodPipe(ChangePassword)) body: ChangePassword,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.enter(request, response, () => this.signing.changePassword(account, body));
  }

  @ApiRoute('signOut')
  signOut(
    @FromAccount() account: ActingAccount,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    clearCookie(response, this.config);
    return this.signing.signOut(account);
  }

  private async enter(
    { ip }: Request,
    response: Response,
    work: () => Promise<SignedIn>,
  ): Promise<SessionView> {
    const { view, cookie } = await this.limits.attempt(ip, work);
    setCookie(response, this.config, cookie);
    return view;
  }
}
